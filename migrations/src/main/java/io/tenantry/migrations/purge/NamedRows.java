package io.tenantry.migrations.purge;

import io.tenantry.tenancy.names.TenantNames;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * Rows of the platform's own that name a tenant in a text: they have no column for it, or outlive
 * it, and nothing that outlives a tenant keeps its slug but the audit. Where a slug is searched for
 * in words it is searched for as they have it, between apostrophes: it may be a word itself.
 *
 * @param where of rows as {@code k}, and of {@code s}, which says who is purged: id, hex, slug,
 *     operation
 * @param removals each behind {@link #SUBJECT}
 */
record NamedRows(String table, String where, List<String> removals) {

  private static final String SUBJECT =
      "with s (id, hex, slug, operation) as (values (?::text, ?::text, ?::text, ?::text)) ";

  /** What takes the place of a text that named the tenant. */
  private static final String GONE = "'The text named the tenant, and went with it.'";

  private static final String IN_WORDS = "position(format('''%%s''', s.slug) in k.%s) > 0";

  /**
   * Only where the slug of the answer's own tenant stands: a label of another one may be called
   * slug. Read where the text is there at all, and not in a refusal, which is words.
   */
  private static final String IS_OF_SLUG =
      """
      case when k.status < 400
          and position(convert_to(format('"slug":"%s"', s.slug), 'UTF8') in k.body) > 0
        then convert_from(k.body, 'UTF8')::jsonb ->> 'slug' = s.slug else false end
      """;

  /** As there; but an id may stand anywhere save in what others have written about their own. */
  private static final String NAMES_ID =
      """
      case when position(convert_to(s.id, 'UTF8') in k.body) > 0 then k.status >= 400
          or position(s.id in (convert_from(k.body, 'UTF8')::jsonb
            - '{labels,displayName,hold}'::text[])::text) > 0
        else false end
      """;

  private static final String NAMES_SLUG =
      """
      (:of_slug
       or (k.status >= 400 and position(convert_to(format('''%s''', s.slug), 'UTF8') in k.body) > 0)
       or convert_from(k.body, 'UTF8') ~ format('"canaries":\\[[^]]*"%s"', s.slug)
       or k.headers ~ format('/admin/v1/tenants/%s(/|\\s|$)', s.slug))
      """
          .replace(":of_slug", IS_OF_SLUG);

  /**
   * The answer to the request for this purge stays until it expires, or the same request would be
   * carried out again; but it names nobody any more.
   */
  private static final String OF_PURGE =
      "(k.status = 202 and position('/admin/v1/operations/' || s.operation in k.headers) > 0)";

  private static final String ANSWERS_OF_OTHERS =
      "not coalesce(" + OF_PURGE + ", false) and (" + NAMES_ID + " or " + NAMES_SLUG + ")";

  static final NamedRows ANSWERS =
      new NamedRows(
          "tenantry_control.idempotency_keys",
          "(" + ANSWERS_OF_OTHERS + " or " + NAMES_SLUG + ")",
          List.of(
              "delete from tenantry_control.idempotency_keys k using s where " + ANSWERS_OF_OTHERS,
              """
              update tenantry_control.idempotency_keys k
              set body = convert_to((convert_from(k.body, 'UTF8')::jsonb || jsonb_build_object(
                'slug', 'purged-' || s.hex, 'displayName', 'purged', 'tier', 'standard',
                'labels', '{}'::jsonb, 'hold', null))::text, 'UTF8')
              from s where
              """
                  + OF_PURGE
                  + " and "
                  + NAMES_SLUG));

  private static final String IN_RUN =
      "(s.slug = any (k.canaries) or " + IN_WORDS.formatted("error_detail") + ")";

  private static final String IN_OPERATION =
      "k.tenant_id = s.id::uuid and " + IN_WORDS.formatted("error_detail");

  private static final String IN_STEP =
      "k.operation_id in (select o.id from tenantry_control.operations o where o.tenant_id ="
          + " s.id::uuid) and "
          + IN_WORDS.formatted("detail");

  static final List<NamedRows> ALL =
      List.of(
          ANSWERS,
          new NamedRows(
              "tenantry_control.migration_runs",
              IN_RUN,
              List.of(
                  "update tenantry_control.migration_runs k set canaries ="
                      + " array_replace(k.canaries, s.slug, 'purged-' || s.hex), error_detail ="
                      + " case when "
                      + IN_WORDS.formatted("error_detail")
                      + " then "
                      + GONE
                      + " else k.error_detail end from s where "
                      + IN_RUN)),
          new NamedRows(
              "tenantry_control.operations",
              IN_OPERATION,
              List.of(
                  "update tenantry_control.operations k set error_detail = "
                      + GONE
                      + " from s where "
                      + IN_OPERATION)),
          new NamedRows(
              "tenantry_control.operation_steps",
              IN_STEP,
              List.of(
                  "update tenantry_control.operation_steps k set detail = "
                      + GONE
                      + " from s where "
                      + IN_STEP)));

  long count(Connection connection, Subject subject) throws SQLException {
    String sql = SUBJECT + "select count(*) from " + table + " k, s where " + where;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, subject);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Removes all such rows, or the name from them; may be repeated. */
  static long removeAll(Connection connection, Subject subject) throws SQLException {
    long rows = 0;
    for (NamedRows named : ALL) {
      rows += named.remove(connection, subject);
    }
    return rows;
  }

  private long remove(Connection connection, Subject subject) throws SQLException {
    long rows = 0;
    for (String removal : removals) {
      try (PreparedStatement statement = connection.prepareStatement(SUBJECT + removal)) {
        bind(statement, subject);
        rows += statement.executeUpdate();
      }
    }
    return rows;
  }

  private static void bind(PreparedStatement statement, Subject subject) throws SQLException {
    statement.setString(1, subject.tenant().id().toString());
    statement.setString(2, TenantNames.register(subject.tenant().id()));
    statement.setString(3, subject.tenant().slug().value());
    statement.setString(4, subject.operation().id().toString());
  }
}
