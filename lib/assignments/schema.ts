import { z } from "zod";

/** Keys of the dangerous roles or permissions that whoever sends this means to give. */
export const confirmedSchema = z.array(z.string().min(1).max(100)).max(5000).default([]);
