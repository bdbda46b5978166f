interface Attribute {
  name: string;
  type: "string" | "boolean" | "complex" | "reference" | "dateTime";
  multiValued: boolean;
  description: string;
  required: boolean;
  caseExact: boolean;
  mutability: "readWrite" | "readOnly";
  returned: "default" | "always";
  uniqueness: "none" | "server";
  subAttributes?: Attribute[];
}

function attribute(name: string, description: string, more: Partial<Attribute> = {}): Attribute {
  return {
    name,
    type: "string",
    multiValued: false,
    description,
    required: false,
    caseExact: false,
    mutability: "readWrite",
    returned: "default",
    uniqueness: "none",
    ...more,
  };
}

const complex = (
  name: string,
  description: string,
  subAttributes: Attribute[],
  more: Partial<Attribute> = {},
) => attribute(name, description, { type: "complex", subAttributes, ...more });

/** A list of values with a type, as RFC 7643 has many. */
const values = (name: string, description: string) =>
  complex(
    name,
    description,
    [
      attribute("value", "The value."),
      attribute("display", "A name for people."),
      attribute("type", "What it is for, such as work."),
      attribute("primary", "The one to use.", { type: "boolean" }),
    ],
    { multiValued: true },
  );

const readOnly = { mutability: "readOnly" } as const;

const user: Attribute[] = [
  attribute("userName", "What the provider calls the person; unique in any case.", {
    required: true,
    uniqueness: "server",
  }),
  complex("name", "The person's name.", [
    attribute("formatted", "The whole name."),
    attribute("familyName", "Last name."),
    attribute("givenName", "First name."),
    attribute("middleName", "Middle name."),
  ]),
  attribute("displayName", "The name to show."),
  attribute("nickName", "What the person likes to be called."),
  attribute("profileUrl", "A page about the person.", { type: "reference" }),
  attribute("title", "Job title."),
  attribute("userType", "Such as employee or contractor."),
  attribute("preferredLanguage", "Language."),
  attribute("locale", "Locale."),
  attribute("timezone", "Time zone."),
  attribute("active", "Whether the person may sign in.", { type: "boolean" }),
  values("emails", "Email addresses. The primary one is the account's."),
  values("phoneNumbers", "Telephone numbers."),
  values("roles", "Roles at the provider, for rules that make roles here."),
  values("entitlements", "Entitlements at the provider, for rules that make roles here."),
  complex(
    "groups",
    "The groups that the person is in; changed by changing groups.",
    [
      attribute("value", "The group's id.", readOnly),
      attribute("display", "The group's name.", readOnly),
      attribute("$ref", "The group.", { ...readOnly, type: "reference" }),
    ],
    { multiValued: true, ...readOnly },
  ),
];

const enterpriseUser: Attribute[] = [
  attribute("employeeNumber", "Employee number."),
  attribute("costCenter", "Cost center."),
  attribute("organization", "Organization."),
  attribute("division", "Division."),
  attribute("department", "Department."),
  complex("manager", "The person's manager.", [
    attribute("value", "The manager's id."),
    attribute("displayName", "The manager's name."),
  ]),
];

const group: Attribute[] = [
  attribute("displayName", "The group's name; unique in any case.", { required: true, uniqueness: "server" }),
  complex(
    "members",
    "The people in the group, at most 1,000.",
    [
      attribute("value", "The id of a user."),
      attribute("display", "The user's name here.", readOnly),
      attribute("$ref", "The user.", { ...readOnly, type: "reference" }),
      attribute("type", "User.", readOnly),
    ],
    { multiValued: true },
  ),
];

/** What RFC 7643 calls schemas. Attributes that are not listed are kept as well, and returned as they were sent. */
export const schemas = [
  {
    id: "urn:ietf:params:scim:schemas:core:2.0:User",
    name: "User",
    description: "User account",
    attributes: user,
  },
  {
    id: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
    name: "EnterpriseUser",
    description: "Enterprise user",
    attributes: enterpriseUser,
  },
  {
    id: "urn:ietf:params:scim:schemas:core:2.0:Group",
    name: "Group",
    description: "Group",
    attributes: group,
  },
];
