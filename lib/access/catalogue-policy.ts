import type { Catalogue } from "./catalogue.ts";
import type { PolicySource } from "./model.ts";

/**
 * The access model as a catalogue states it, before anybody edited a role or made one of their own.
 * A permission behind a feature that is off stays in it: it is held and shown, what it guards does nothing.
 */
export function cataloguePolicy(catalogue: Catalogue): PolicySource {
  return {
    permissions: catalogue.permissions.map(({ key, implies }) => ({ key, implies })),
    attributes: catalogue.attributes,
    roles: catalogue.roles.map(
      ({ key, rank, superuser, except, blocking, inherits, grants, window, api }) => ({
        key,
        rank,
        superuser,
        except,
        blocking,
        inherits,
        grants,
        window,
        api,
      }),
    ),
  };
}
