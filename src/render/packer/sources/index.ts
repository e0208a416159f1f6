import type { ImageSource } from '../source.ts';
import { amazon } from './amazon.ts';
import { azure } from './azure.ts';
import { google } from './google.ts';
import { hyperv } from './hyperv.ts';
import { proxmox } from './proxmox.ts';
import { qemu } from './qemu.ts';
import { vsphere } from './vsphere.ts';

/** Every kind of machine that an image can be baked on, in the order that a reader should see them. */
export const imageSources: readonly ImageSource[] = [qemu, azure, amazon, google, vsphere, proxmox, hyperv];

/** What is baked on where nobody says anything. */
export const defaultSource = qemu.kind;
