/**
 * Fingerprints of the arguments that a person has read when the entries were written: what a certificate says beyond
 * its checks is prose, which no program verifies. A changed argument has to be read again, and its fingerprint
 * entered here.
 */
export const ARGUMENTS = {
  interpolant: '8db947c8727aa5b8',
  everywhere: 'e9e8bb312e11467c',
  everywhereOnData: '0d04ac2460317999',
  plane: '6b63f53c2af2d087',
  nearPlane: 'bfa5230e7a0c8021',
  growth: '9f069262823efdc7',
  growthNormalised: '6413aac1394f513c',
  gibbs: 'eea198d94a353d92',
  silentNeuron: '1bc82eb1a2623cfd',
  oneAtom: '135a907d58461d5b',
  rareFarAtom: '83610b50858bb820',
  unseenFarComponent: 'a21e8dad563fd956',
  simplex: '44619f3f9db3de79',
  simplexSquared: '0a3d3c384570072c',
  oneSample: '276cec887005ec95',
  overshooting: '884a194944c21183',
  overshootingPositive: '7076955b33bc8dec',
} as const;
