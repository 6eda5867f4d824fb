/**
 * How Cordboard's process is started: source maps for readable errors, and a larger young generation, meant to let
 * short-lived messages die before they are copied. Its own share in the latency has not been measured apart.
 */
export const nodeFlags = ['--enable-source-maps', '--max-semi-space-size=24'];
