/** What undoes on the machine what flexgen made there. */
export const machineLine = 'sudo flexgen-node reset --yes';
