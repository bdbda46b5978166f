/** At a desk one data folder and one dump prove the point; in CI every recording does. */
export const inFull = (process.env.TEST_DEPTH ?? "desk").startsWith("full");
