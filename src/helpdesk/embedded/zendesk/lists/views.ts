/** Records as the API shows them: Zendesk's shapes, every key in place. */
import { fieldValues } from '../tickets/fieldValues';
import { defaultBrandId } from '../store/records';
import type {
  Attachment,
  Brand,
  Comment,
  Group,
  Membership,
  Ticket,
  TicketField,
  User,
  Webhook,
} from '../store/records';
import type { DeskStore } from '../store/store';

type Json = Record<string, unknown>;

export function ticketView(store: DeskStore, ticket: Ticket, base: string): Json {
  const values = fieldValues(ticket);
  const customFields = [...store.ticketFields.keys()].map((id) => ({ id, value: values.get(id) ?? null }));
  return {
    url: `${base}/api/v2/tickets/${ticket.id}.json`,
    ...without(ticket, 'change', 'followup_ids'),
    raw_subject: ticket.subject,
    type: null,
    recipient: null,
    organization_id: null,
    collaborator_ids: [],
    follower_ids: [],
    email_cc_ids: [],
    forum_topic_id: null,
    problem_id: null,
    has_incidents: false,
    due_at: null,
    custom_status_id: null,
    custom_fields: customFields,
    fields: customFields,
    satisfaction_rating: ticket.satisfaction_rating ?? {
      score: ['solved', 'closed'].includes(ticket.status) ? 'offered' : 'unoffered',
    },
    sharing_agreement_ids: [],
    ...(ticket.status === 'closed' ? { followup_ids: ticket.followup_ids } : {}),
    ticket_form_id: null,
    allow_channelback: false,
    allow_attachments: true,
    from_messaging_channel: false,
    comment_count: store.comments.get(ticket.id)?.length ?? 0,
  };
}

export function commentView(comment: Comment, base: string): Json {
  const { metadata } = comment;
  return {
    ...without(comment, 'ticket_id'),
    type: 'Comment',
    attachments: comment.attachments.map((attachment) => attachmentView(attachment, base)),
    metadata: {
      ...metadata,
      ...(metadata.flags === undefined
        ? {}
        : {
            flags_options: Object.fromEntries(
              metadata.flags.map((flag) => [String(flag), { trusted: flag !== 0 }]),
            ),
          }),
    },
  };
}

function attachmentView(attachment: Attachment, base: string): Json {
  const address = `${base}/attachments/${attachment.id}/?name=${encodeURIComponent(attachment.file_name)}`;
  return {
    ...attachment,
    url: `${base}/api/v2/attachments/${attachment.id}.json`,
    content_url: address,
    mapped_content_url: address,
    thumbnails: [],
    deleted: false,
  };
}

export function userView(user: User, base: string): Json {
  const adminType = user.role === 'admin' ? 4 : null;
  return {
    id: user.id,
    url: `${base}/api/v2/users/${user.id}.json`,
    name: user.name,
    email: user.email,
    created_at: user.created_at,
    updated_at: user.updated_at,
    time_zone: 'Berlin',
    iana_time_zone: 'Europe/Berlin',
    locale: user.locale,
    locale_id: 1,
    organization_id: null,
    role: user.role,
    role_type: adminType,
    custom_role_id: null,
    external_id: null,
    alias: '',
    active: true,
    verified: true,
    shared: false,
    shared_agent: false,
    suspended: false,
    moderator: user.role !== 'end-user',
    only_private_comments: false,
    restricted_agent: false,
    ticket_restriction: user.role === 'end-user' ? 'requested' : null,
    phone: null,
    photo: null,
    signature: null,
    details: '',
    notes: '',
    tags: [],
    user_fields: {},
    last_login_at: null,
  };
}

export function groupView(group: Group, base: string): Json {
  return {
    url: `${base}/api/v2/groups/${group.id}.json`,
    ...group,
    description: '',
    default: group.name === 'Support',
    is_public: true,
    deleted: false,
  };
}

export function brandView(brand: Brand, base: string): Json {
  return {
    url: `${base}/api/v2/brands/${brand.id}.json`,
    ...brand,
    brand_url: `https://${brand.subdomain}.zendesk.com`,
    default: brand.id === defaultBrandId,
    ...{ active: true, is_deleted: false, logo: null, signature_template: '{{agent.signature}}' },
    ...{ has_help_center: false, help_center_state: 'disabled', host_mapping: null, ticket_form_ids: [] },
  };
}

export function membershipView(membership: Membership, base: string): Json {
  return { url: `${base}/api/v2/group_memberships/${membership.id}.json`, ...membership };
}

export function ticketFieldView(field: TicketField, base: string): Json {
  const { custom_field_options: options, ...rest } = field;
  return {
    url: `${base}/api/v2/ticket_fields/${field.id}.json`,
    ...rest,
    raw_title: field.title,
    title_in_portal: field.title,
    raw_title_in_portal: field.title,
    raw_description: field.description,
    position: 9999,
    required: false,
    collapsed_for_agents: false,
    visible_in_portal: false,
    editable_in_portal: false,
    required_in_portal: false,
    removable: true,
    ...(field.type === 'tagger'
      ? {
          custom_field_options: options.map((option) => ({
            ...option,
            raw_name: option.name,
            default: false,
          })),
        }
      : {}),
  };
}

/** Without the secret: that has an endpoint of its own. */
export function webhookView(webhook: Webhook): Json {
  return without(webhook, 'secret');
}

/** Who is named in these records, for `include=users`: each once, in the order they appear. */
export function sideloadedUsers(store: DeskStore, ids: readonly (number | null)[], base: string): Json[] {
  return [...new Set(ids)].flatMap((id) => {
    const user = id === null ? undefined : store.users.get(id);
    return user === undefined ? [] : [userView(user, base)];
  });
}

function without(record: object, ...keys: readonly string[]): Json {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.includes(key)));
}
