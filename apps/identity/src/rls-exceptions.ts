/** Tables above tenants, with the reason; all others stand under the tenant policies. */
export const rlsExceptions: Record<string, string> = {
  'identity.operator': 'The operator is above its tenants.',
  'identity.person': 'A person may serve several tenants and signs in before any tenant is known.',
  'identity.person_grant': 'Says which tenants a person may enter: it has to be read before a tenant scope can be opened.',
  'identity.session': 'A session belongs to a person, not to a tenant.',
  'identity.sign_in_attempt': 'Counted per account and address, before anybody is known.',
  'identity.audit': 'Written for sign-ins too, which belong to no tenant; nobody may update or delete a row.',
};
