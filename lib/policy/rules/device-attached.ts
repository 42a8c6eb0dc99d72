import { eachService } from '../checks';
import type { Rule } from '../rule';
import { isRecord, listOf, show } from '../values';

/** No device of the host. */
export const deviceAttached: Rule = {
  id: 'device-attached',
  title: 'No device of the host is attached',
  severity: 'error',
  acknowledgeable: true,
  why: 'A device leads past files and permissions: a disk is every file on it, /dev/kvm and /dev/fuse are large parts of the kernel.',
  fix: 'remove it from devices',
  threats: ['K3', 'K7', 'F4'],
  controls: ['least-privilege', 'kernel-confinement'],
  check: eachService((service) => {
    if (service.devices === undefined) return undefined;
    return listOf(service.devices).map((device, index) => ({
      property: `devices.${index}`,
      message: `attaches ${show(isRecord(device) ? device.source : device)}`,
    }));
  }),
};
