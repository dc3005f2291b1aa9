/**
 * The demo fleet's SNMP passwords, by the environment variables that replace them. They are public: they guard made-up
 * edges on this machine's loopback and nothing else.
 */
export const demoPasswords = {
  HERON_DEMO_AUTH: 'heron-demo-auth-2026',
  HERON_DEMO_PRIV: 'heron-demo-priv-2026',
} as const;
