/**
 * Fingerprints of the arguments that a person has read when the entries were written: what a certificate says beyond
 * its checks is prose, which no program verifies. Of families the fingerprint is of
 * the argument together with the assumptions that it settles. A changed argument has to be read again, and its fingerprint
 * entered here.
 */
export const ARGUMENTS = {
  interpolant: '8db947c8727aa5b8',
  openInterpolant: 'aa8ce7af0c06a246',
  everywhere: 'e9e8bb312e11467c',
  everywhereOnData: '0d04ac2460317999',
  plane: '1609e3679bc1076c',
  nearPlane: 'ef6fda5064ae8677',
  growth: '9f069262823efdc7',
  growthNormalised: '6413aac1394f513c',
  gibbs: 'eea198d94a353d92',
  silentNeuron: '25a87f477c1de6b5',
  oneAtom: 'a41247ec735491a1',
  rareFarAtom: '6c9d4361eb76b013',
  unseenFarComponent: '4fb188debab2d37f',
  simplex: '44619f3f9db3de79',
  simplexSquared: '0a3d3c384570072c',
  oneSample: '0e858a16638411de',
  overshooting: 'c3a828a517930bdd',
  overshootingPositive: 'ddb1b6872d2f4716',
} as const;
