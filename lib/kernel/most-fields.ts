/** Fields of a form, which is some hundred rows of an editor: more are no person's work. */
export const mostFields = 2_000;
