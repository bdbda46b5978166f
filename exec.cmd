@rem package.json says "exec node ...", so that signals to npm reach the console: a shell in between would keep them.
@rem Windows has no such word, and finds this instead.
@%*
