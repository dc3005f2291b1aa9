/** The part of net-snmp that Heron uses (the package brings no types). Names are the package's own. */
declare module 'net-snmp' {
  export interface RawVarbind {
    oid: string;
    type: number;
    value: unknown;
  }

  export interface User {
    name: string;
    level: number;
    authProtocol?: number;
    authKey?: string;
    privProtocol?: number;
    privKey?: string;
  }

  /** What a session needs of a datagram socket. */
  export interface SessionDatagramSocket {
    on(event: 'message', listener: (packet: Buffer) => void): unknown;
    on(event: 'close', listener: () => void): unknown;
    on(event: 'error', listener: (error: Error) => void): unknown;
    send(
      packet: Buffer,
      offset: number,
      length: number,
      port: number,
      address: string,
      callback: (error: Error | null, bytes: number) => void,
    ): void;
    ref(): unknown;
    unref(): unknown;
    close(): void;
  }

  export interface SessionOptions {
    port?: number;
    retries?: number;
    timeout?: number;
    transport?: 'udp4' | 'udp6';
    version?: number;
    backwardsGetNexts?: boolean;
    dgramModule?: { createSocket(type: string): SessionDatagramSocket };
  }

  type Answer<T> = (error: Error | null, varbinds: T) => void;

  export interface Session {
    timeout: number;
    retries: number;
    /** Set once the agent's engine is known (SNMPv3). */
    msgSecurityParameters?: { msgAuthoritativeEngineID?: Buffer };
    /** The agent's clock as an authentic answer told it, moved on to now; null before. */
    getEngineTime(): { engineBoots: number; engineTime: number } | null;
    /** Requests under way. */
    reqCount: number;
    get(oids: string[], answer: Answer<RawVarbind[]>): void;
    getBulk(
      oids: string[],
      nonRepeaters: number,
      maxRepetitions: number,
      answer: Answer<RawVarbind[][]>,
    ): void;
    on(event: 'error', listener: (error: Error) => void): this;
    close(): void;
  }

  interface Engine {
    engineID: Buffer;
    engineBoots: number;
    engineTime: number;
  }

  interface Cipher {
    CRYPTO_ALGORITHM: string;
    KEY_LENGTH: number;
    BLOCK_LENGTH: number;
    /** Makes a key of this cipher's length; our DES has none. */
    localizationAlgorithm?(
      algorithm: Cipher,
      authProtocol: number,
      password: string,
      engineId: Buffer,
    ): Buffer;
    encryptPdu(
      scopedPdu: Buffer,
      privProtocol: number,
      password: string,
      authProtocol: number,
      engine: Engine,
    ): { encryptedPdu: Buffer; msgPrivacyParameters: Buffer };
    decryptPdu(
      encryptedPdu: Buffer,
      privProtocol: number,
      privParameters: Buffer,
      password: string,
      authProtocol: number,
      engine: Engine,
    ): Buffer;
  }

  const snmp: {
    createSession(target: string, community: string, options: SessionOptions): Session;
    createV3Session(target: string, user: User, options: SessionOptions): Session;
    Version2c: number;
    ObjectType: Record<string, number>;
    ErrorStatus: Record<string, number>;
    SecurityLevel: Record<'noAuthNoPriv' | 'authNoPriv' | 'authPriv', number>;
    AuthProtocols: Record<string, number>;
    PrivProtocols: Record<string, number>;
    Authentication: {
      algorithms: Record<
        number,
        { KEY_LENGTH: number; CRYPTO_ALGORITHM: string; AUTHENTICATION_CODE_LENGTH: number } | undefined
      >;
      /** The digest of a message whose digest field is zero, cut to its length. */
      calculateDigest(message: Buffer, authProtocol: number, password: string, engineId: Buffer): Buffer;
      passwordToKey(authProtocol: number, password: string | Buffer, engineId: Buffer): Buffer;
    };
    Encryption: { algorithms: Record<number, Cipher | undefined> };
    ResponseInvalidError: new (message: string, code: number) => Error & { code: number };
    RequestFailedError: new (message: string, status: number) => Error & { status: number };
    RequestTimedOutError: new (message: string) => Error;
  };
  export default snmp;
}
