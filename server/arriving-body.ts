import type { IncomingMessage } from "node:http";
import type { BodyRoom } from "./body-room.ts";

/** The client went away before all of its request had come: nobody is left to answer. */
export class RequestAborted extends Error {}

const first = 4 * 1024;

/** A body in one buffer, which grows with what has come of it. */
export class ArrivingBody {
  readonly #request: IncomingMessage;
  readonly #room: BodyRoom | undefined;
  #buffer = Buffer.alloc(0);
  #size = 0;
  /** More than this nobody asked for so far. */
  #most = 0;
  #dropped = false;

  constructor(request: IncomingMessage, room?: BodyRoom) {
    this.#request = request;
    this.#room = room;
  }

  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#size);
  }

  /** Whether all of it is here, so far as `come` was asked. */
  get isHere(): boolean {
    return this.#request.readableEnded;
  }

  /**
   * Waits until all of it is here, or more than `most` bytes.
   * @returns whether that is all of it
   * @throws RequestAborted; AppError unavailable, reason busy, when there is no room
   */
  come(most: number): Promise<boolean> {
    const request = this.#request;
    this.#most = most;
    if (this.#size > most) return Promise.resolve(false);
    if (this.isHere) return Promise.resolve(true);
    return new Promise<boolean>((done, fail) => {
      const data = (chunk: Buffer) => {
        try {
          this.#add(chunk);
        } catch (error) {
          stop();
          fail(error);
        }
        if (this.#size > most) {
          stop();
          done(false);
        }
      };
      const end = () => {
        stop();
        done(true);
      };
      const gone = () => {
        stop();
        fail(new RequestAborted());
      };
      const stop = () => {
        request.off("data", data).off("end", end).off("close", gone).pause();
      };
      if (request.destroyed) return fail(new RequestAborted());
      request.on("end", end).on("close", gone).on("data", data).resume();
    });
  }

  /** Nobody will read it: what still comes of it is let go, so that its sender gets to read why. */
  drop(): void {
    this.#dropped = true;
    this.#buffer = Buffer.alloc(0);
    this.#size = 0;
  }

  #add(chunk: Buffer): void {
    if (this.#dropped) return;
    const size = this.#size + chunk.length;
    if (size > this.#buffer.length) {
      const declared = Number(this.#request.headers["content-length"] ?? Number.POSITIVE_INFINITY);
      const length = Math.max(size, Math.min(declared, this.#most, Math.max(first, 2 * this.#buffer.length)));
      this.#room?.grow(length - this.#buffer.length);
      const grown = Buffer.allocUnsafeSlow(length);
      this.bytes.copy(grown);
      this.#buffer = grown;
    }
    chunk.copy(this.#buffer, this.#size);
    this.#size = size;
  }
}
