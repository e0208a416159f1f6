import { playAll } from './play.ts';

playAll('namespaces');
