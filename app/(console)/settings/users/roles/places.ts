interface Place {
  id: string;
  name: string;
}

/** Organizations and teams that somebody belongs to. */
export interface Places {
  organizations: readonly Place[];
  teams: readonly (Place & { organizationId?: string })[];
}
