/** Where the window of a test sign-in tells the page behind it that it is over. */
export const testChannel = "bailiwick test sign-in";
