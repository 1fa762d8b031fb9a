package io.tenantry.migrations.plan;

import org.jspecify.annotations.Nullable;

/**
 * One changeset as Liquibase understands it, rendered to SQL. The text is the same for every
 * tenant: names in it are unqualified. Immutable.
 *
 * @param id unique in its tree
 * @param file its path in the history, the tree's logical one
 * @param checksum as stock Liquibase writes it into the history, {@code 9:..}
 * @param description as in the history
 * @param comment as in the history
 * @param sql what it does; one or more statements, to be sent unsplit
 * @param rollback what takes it back; null when it says none, empty when there is nothing to do
 * @param inTransaction false for what PostgreSQL refuses in a transaction
 * @param runOnChange whether it runs again when its checksum has changed
 * @param compatible whether code that does not know it works with it, and code that does works
 *     without it
 * @param enters whether the tenant is entered before it, and before its rollback: it reads or
 *     writes rows, of which the owner sees none otherwise
 */
public record ChangeSet(
    String id,
    String author,
    String file,
    String checksum,
    String description,
    String comment,
    String sql,
    @Nullable String rollback,
    boolean inTransaction,
    boolean runOnChange,
    boolean compatible,
    boolean enters) {}
