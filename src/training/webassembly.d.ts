/** The part of WebAssembly's interface that is used here: neither Node's types nor ES2023's have it. */
declare namespace WebAssembly {
  interface Module {
    readonly [Symbol.toStringTag]: 'WebAssembly.Module';
  }
  interface Instance {
    readonly exports: Readonly<Record<string, unknown>>;
  }
  interface Memory {
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  type Imports = Readonly<Record<string, Readonly<Record<string, (...args: never[]) => unknown>>>>;
  let Module: new (bytes: Uint8Array) => Module;
  let Instance: new (module: Module, imports: Imports) => Instance;
  let Memory: new (descriptor: { readonly initial: number }) => Memory;
}
