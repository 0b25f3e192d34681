/** Every operation sent to Shopify, as it is sent. A test validates each against the published schema of 2026-10. */

const money = 'presentmentMoney { amount currencyCode }';

const lineParts = `
  id
  name
  quantity
  isGiftCard
  refundableQuantity
  unfulfilledQuantity
  discountedUnitPriceAfterAllDiscountsSet { ${money} }`;

const parcelItemParts = `
  quantity
  lineItem { name requiresShipping }`;

/** The sizes are variables: a list asks little of each order, one order is asked for whole. */
const orderParts = `
fragment OrderParts on Order {
  id
  name
  email
  processedAt
  cancelledAt
  displayFulfillmentStatus
  displayFinancialStatus
  shippingAddress { zip }
  totalPriceSet { ${money} }
  totalRefundedSet { ${money} }
  lineItems(first: $lines) {
    nodes { ${lineParts} }
    pageInfo { hasNextPage endCursor }
  }
  fulfillments(first: $parcels) {
    id
    status
    displayStatus
    createdAt
    inTransitAt
    estimatedDeliveryAt
    deliveredAt
    trackingInfo(first: 1) { company number url }
    fulfillmentLineItems(first: $parcelItems) {
      nodes { ${parcelItemParts} }
      pageInfo { hasNextPage endCursor }
    }
  }
  refunds(first: $refunds) { processedAt }
  metafields(first: $claims, namespace: $namespace) { nodes { key value } }
}`;

const sizes =
  '$lines: Int!, $parcels: Int!, $parcelItems: Int!, $refunds: Int!, $claims: Int!, $namespace: String!';

export const findOrders = `
query DeskhandFindOrders($search: String!, $first: Int!, $after: String, ${sizes}) {
  orders(first: $first, after: $after, query: $search, sortKey: PROCESSED_AT, reverse: true) {
    nodes { ...OrderParts }
    pageInfo { hasNextPage endCursor }
  }
}
${orderParts}`;

export const readOrder = `
query DeskhandReadOrder($id: ID!, ${sizes}) {
  order(id: $id) { ...OrderParts }
}
${orderParts}`;

export const moreLines = `
query DeskhandMoreLines($id: ID!, $after: String!) {
  order(id: $id) {
    lineItems(first: 100, after: $after) {
      nodes { ${lineParts} }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

export const moreParcelItems = `
query DeskhandMoreParcelItems($id: ID!, $after: String!) {
  fulfillment(id: $id) {
    fulfillmentLineItems(first: 100, after: $after) {
      nodes { ${parcelItemParts} }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

export const readRefunds = `
query DeskhandReadRefunds($id: ID!, $namespace: String!, $key: String!) {
  order(id: $id) {
    metafield(namespace: $namespace, key: $key) { value compareDigest updatedAt }
    refunds(first: 100) {
      id
      note
      transactions(first: 5) { nodes { status } }
    }
    suggestedRefund(suggestFullRefund: true, refundShipping: true) {
      suggestedTransactions {
        gateway
        amountSet { ${money} }
        maximumRefundableSet { ${money} }
        parentTransaction { id }
      }
    }
  }
}`;

export const createRefund = `
mutation DeskhandRefund($input: RefundInput!, $key: String!) {
  refundCreate(input: $input) @idempotent(key: $key) {
    refund {
      id
      transactions(first: 5) { nodes { status } }
    }
    userErrors { field message }
  }
}`;

export const readCancellation = `
query DeskhandReadCancellation($id: ID!, $namespace: String!, $key: String!) {
  order(id: $id) {
    cancelledAt
    cancellation { staffNote }
    metafield(namespace: $namespace, key: $key) { value compareDigest updatedAt }
  }
}`;

export const cancelOrder = `
mutation DeskhandCancel($id: ID!, $note: String!) {
  orderCancel(
    orderId: $id
    reason: CUSTOMER
    restock: true
    refundMethod: { originalPaymentMethodsRefund: true }
    notifyCustomer: false
    staffNote: $note
  ) {
    job { id }
    orderCancelUserErrors { field message code }
  }
}`;

export const readJob = `
query DeskhandReadJob($id: ID!) {
  job(id: $id) { done }
}`;

export const readAddress = `
query DeskhandReadAddress($id: ID!, $namespace: String!, $key: String!) {
  order(id: $id) {
    shippingAddress { firstName lastName name company phone countryCodeV2 provinceCode }
    metafield(namespace: $namespace, key: $key) { value compareDigest updatedAt }
  }
}`;

export const updateAddress = `
mutation DeskhandChangeAddress($input: OrderInput!) {
  orderUpdate(input: $input) {
    order { id }
    userErrors { field message }
  }
}`;

export const readClaim = `
query DeskhandReadClaim($id: ID!, $namespace: String!, $key: String!) {
  order(id: $id) {
    metafield(namespace: $namespace, key: $key) { value compareDigest updatedAt }
  }
}`;

export const writeClaim = `
mutation DeskhandClaim($metafields: [MetafieldsSetInput!]!) {
  metafieldsSet(metafields: $metafields) {
    metafields { value compareDigest updatedAt }
    userErrors { field message code }
  }
}`;

export const sendInvoice = `
mutation DeskhandSendInvoice($id: ID!) {
  orderInvoiceSend(id: $id) {
    order { id }
    userErrors { field message code }
  }
}`;

export const readStoreCredit = `
query DeskhandReadStoreCredit($id: ID!, $namespace: String!, $key: String!) {
  order(id: $id) {
    metafield(namespace: $namespace, key: $key) { value compareDigest updatedAt }
    customer {
      id
      storeCreditAccounts(first: 5) {
        nodes {
          transactions(first: 50, sortKey: CREATED_AT, reverse: true, query: "type:credit") {
            nodes {
              ... on StoreCreditAccountCreditTransaction {
                id
                createdAt
                amount { amount currencyCode }
              }
            }
          }
        }
      }
    }
  }
}`;

export const giveStoreCredit = `
mutation DeskhandStoreCredit($id: ID!, $credit: StoreCreditAccountCreditInput!) {
  storeCreditAccountCredit(id: $id, creditInput: $credit) {
    storeCreditAccountTransaction { id }
    userErrors { field message code }
  }
}`;
