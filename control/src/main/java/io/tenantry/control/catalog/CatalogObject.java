package io.tenantry.control.catalog;

/**
 * One thing that a schema holds, or one property of it. Names of the schema and of its role stand
 * as {@link Fingerprints#MARK}, so that what two tenants have alike is equal.
 *
 * @param kind what it is, in words: {@code column}, {@code comment of table}, {@code grant on
 *     schema}
 * @param object which one, without the schema; what belongs to a table has its name in front:
 *     {@code desk_orders.symbol}
 * @param text how it is defined, as the server prints it
 */
public record CatalogObject(String kind, String object, String text) {}
