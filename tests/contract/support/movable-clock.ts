/** Loaded before the local pool: its parent can have this process believe that time has passed. */

const { now } = Date;
let moved = 0;

Date.now = () => now() + moved;
globalThis.Date = new Proxy(Date, {
  construct: (target, args: [], newTarget) =>
    Reflect.construct(target, args.length > 0 ? args : [Date.now()], newTarget),
});

process.on('message', (message: { advance: number }) => {
  moved += message.advance;
  process.send?.('moved');
});
process.channel?.unref();
