import type { NoticePayload } from '../../../domain/contract/contract';

type Sound = NoticePayload<'desk.sound'>;

interface Tone {
  hz: number;
  atS: number;
  lengthS: number;
}

const startMs = 2_000;
const fadeS = 0.02;
const blocked = 'This computer plays no sound: its output may be in use.';
const noOutput = 'This computer has no sound output.';

/** The tones of each severity: more of them, and falling, is worse; they differ in number and melody, not in pitch alone. */
const tonesOf: Readonly<Record<Sound['severity'], readonly Tone[]>> = {
  critical: [0, 0.5, 1].flatMap((atS) => [
    { hz: 880, atS, lengthS: 0.2 },
    { hz: 587, atS: atS + 0.22, lengthS: 0.24 },
  ]),
  warning: [
    { hz: 587, atS: 0, lengthS: 0.2 },
    { hz: 784, atS: 0.25, lengthS: 0.3 },
  ],
  info: [{ hz: 523, atS: 0, lengthS: 0.25 }],
};

let context: AudioContext | null = null;

/** Plays a sound; resolves when it has ended. Rejects with words for the user. Sounds are made here, so no file is read. */
export async function playSound({ severity, isEscalated, volume }: Sound): Promise<void> {
  context ??= new AudioContext();
  const audio = context;
  await Promise.race([audio.resume(), new Promise((resolve) => setTimeout(resolve, startMs))]);
  if (audio.state !== 'running') throw new Error(blocked);
  const all = tonesOf[severity];
  const lastS = Math.max(...all.map(({ atS, lengthS }) => atS + lengthS));
  const repeated = isEscalated
    ? [...all, ...all.map((tone) => ({ ...tone, atS: tone.atS + lastS + 0.3 }))]
    : all;
  const ended = repeated.map((tone) => playTone(audio, tone, volume, isEscalated));
  await Promise.all(ended);
  // Without a device Chromium plays to nowhere and reports no error.
  const devices = await navigator.mediaDevices.enumerateDevices();
  if (!devices.some(({ kind }) => kind === 'audiooutput')) throw new Error(noOutput);
}

function playTone(
  audio: AudioContext,
  { hz, atS, lengthS }: Tone,
  volume: number,
  isSharp: boolean,
): Promise<void> {
  const from = audio.currentTime + 0.05 + atS;
  const gain = new GainNode(audio, { gain: 0 });
  // Without ramps each tone would begin and end with a click.
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(volume, from + fadeS);
  gain.gain.setValueAtTime(volume, from + lengthS - fadeS);
  gain.gain.linearRampToValueAtTime(0, from + lengthS);
  gain.connect(audio.destination);
  const oscillator = new OscillatorNode(audio, { type: isSharp ? 'square' : 'triangle', frequency: hz });
  oscillator.connect(gain);
  oscillator.start(from);
  oscillator.stop(from + lengthS);
  return new Promise((resolve) => {
    oscillator.onended = () => {
      gain.disconnect();
      resolve();
    };
  });
}
