/** Tables of this schema above tenants, with the reason; each has a policy for the service's role alone. */
export const rlsExceptions: Record<string, string> = {
  agent: 'One person serves several tenants with one capacity: presence and load belong to the operator, not to a tenant.',
  lease: 'A socket shows that a person is at work, whichever tenants they serve.',
};
