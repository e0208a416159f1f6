import { playAll } from './play.ts';

playAll('qemu');
