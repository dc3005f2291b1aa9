/** Authentication and privacy protocols of the user-based security model that Heron speaks. */
export type AuthProtocol = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512';
export type PrivProtocol = 'des' | 'aes128' | 'aes256';

export interface AuthAlgorithm {
  /** OpenSSL's name. */
  hash: string;
  /** Octets of the digest that a message carries. */
  digestOctets: number;
}

export interface PrivAlgorithm {
  kind: 'aes-cfb' | 'des-cbc';
  /** OpenSSL's name. */
  cipher: string;
  keyOctets: number;
  /** The display name. */
  label: string;
}

/** HMAC-96 (RFC 3414 sections 6 and 7) and HMAC-SHA-2 (RFC 7860 section 4.2). */
export const authAlgorithms: Readonly<Record<AuthProtocol, AuthAlgorithm>> = {
  md5: { hash: 'md5', digestOctets: 12 },
  sha1: { hash: 'sha1', digestOctets: 12 },
  sha224: { hash: 'sha224', digestOctets: 16 },
  sha256: { hash: 'sha256', digestOctets: 24 },
  sha384: { hash: 'sha384', digestOctets: 32 },
  sha512: { hash: 'sha512', digestOctets: 48 },
};

/** CBC-DES (RFC 3414 section 8), CFB-AES-128 (RFC 3826) and AES-256 (draft-blumenthal-aes-usm-04). */
export const privAlgorithms: Readonly<Record<PrivProtocol, PrivAlgorithm>> = {
  des: { kind: 'des-cbc', cipher: 'des-cbc', keyOctets: 16, label: 'DES' },
  aes128: { kind: 'aes-cfb', cipher: 'aes-128-cfb', keyOctets: 16, label: 'AES-128' },
  aes256: { kind: 'aes-cfb', cipher: 'aes-256-cfb', keyOctets: 32, label: 'AES-256' },
};
