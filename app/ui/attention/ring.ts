/** The two notes, in Hz, and how far apart they are, in seconds. */
const notes = [660, 880];
const apart = 0.12;

let context: AudioContext | undefined;

/** Two short, soft notes. A browser in which nobody has done anything yet keeps silent. */
export function ring(): void {
  context ??= new AudioContext();
  const { currentTime, destination } = context;
  void context.resume().catch(() => {});
  notes.forEach((frequency, at) => {
    if (!context) return;
    const [tone, volume] = [context.createOscillator(), context.createGain()];
    const start = currentTime + at * apart;
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.12, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, start + 0.3);
    tone.connect(volume).connect(destination);
    tone.start(start);
    tone.stop(start + 0.35);
  });
}
