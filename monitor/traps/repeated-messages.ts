const maxSenders = 20_000;
/** Messages per sender among which a repeated one is recognised. */
const maxRetained = 32;

/** Recognises repeated messages: duplicated packets, repeated informs, and replays inside the time window. */
export class RepeatedMessages {
  private readonly bySender = new Map<string, string[]>();

  /** Whether this message of this sender came before; `message` identifies it, for example by its digest. */
  isRepeated(sender: string, message: string): boolean {
    const retained = this.bySender.get(sender) ?? [];
    if (retained.includes(message)) return true;
    retained.push(message);
    if (retained.length > maxRetained) retained.shift();
    this.bySender.delete(sender);
    this.bySender.set(sender, retained);
    const [oldest] = this.bySender.size > maxSenders ? this.bySender.keys() : [];
    if (oldest !== undefined) this.bySender.delete(oldest);
    return false;
  }
}
