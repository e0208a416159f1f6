import type { ImageSource } from '../source.ts';
import { qemu } from './qemu.ts';

/** Every kind of machine that an image can be baked on, in the order that a reader should see them. */
export const imageSources: readonly ImageSource[] = [qemu];

/** What is baked where nobody says anything. */
export const defaultSource = qemu.kind;
