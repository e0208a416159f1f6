import { RestError, createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import type { PipelineRequest, PipelineResponse } from '@azure/core-rest-pipeline';
import { isMap, jsonIn } from '../config/data.ts';

/** A client of an SDK, whose pipeline signs, repeats and is watched. */
interface Client {
  sendRequest(request: PipelineRequest): Promise<PipelineResponse>;
}

/** `{error: {code, message}}`, or without the envelope, as some providers have it. */
function refusal(body: unknown, request: PipelineRequest, response: PipelineResponse): RestError {
  const inner = isMap(body) && isMap(body['error']) ? body['error'] : body;
  const { code, message } = isMap(inner) ? inner : {};
  return new RestError(typeof message === 'string' ? message : 'no words', {
    statusCode: response.status,
    code: typeof code === 'string' ? code : 'no code',
    request,
    response,
  });
}

/** Sends what the SDKs have no operation for; a refusal is the error that they would throw. */
export async function armJson(
  client: Client,
  method: 'GET' | 'PUT',
  url: string,
  body?: object,
): Promise<unknown> {
  const request = createPipelineRequest({
    method,
    url,
    headers: createHttpHeaders({
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    }),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await client.sendRequest(request);
  const answer = jsonIn(response.bodyAsText ?? '');
  if (response.status >= 300 || answer === undefined) throw refusal(answer, request, response);
  return answer;
}
