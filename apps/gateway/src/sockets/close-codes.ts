/**
 * Why the gateway closes a socket, beside graphql-ws's own codes. Clients give up on 4401 (show the sign-in page) and
 * connect again after the others, reading afresh what they show.
 */
export const closeCodes = {
  signedOut: { code: 4401, reason: 'Signed out' },
  rightsChanged: { code: 4403, reason: 'Your rights have changed' },
  tooSlow: { code: 4408, reason: 'Too slow: connect again and resync' },
  sameId: { code: 4409, reason: 'An operation with this id still runs' },
  restarting: { code: 1012, reason: 'Restarting' },
  tryLater: { code: 1013, reason: 'Try again later' },
  broken: { code: 1011, reason: 'Something went wrong on our side' },
} as const;

export type CloseReason = (typeof closeCodes)[keyof typeof closeCodes];
