package io.tenantry.persistence.connection;

import io.tenantry.tenancy.names.PlatformSchemas;

/**
 * Puts a tenant's schema where mapped SQL says {@link PlatformSchemas#TENANT_PLACEHOLDER}, but
 * never inside a literal, a quoted identifier or a comment: those are data or prose.
 */
final class SchemaPlaceholder {

  private static final String MARK = PlatformSchemas.TENANT_PLACEHOLDER + ".";

  private SchemaPlaceholder() {}

  static String replace(String sql, String schema) {
    int mark = sql.indexOf(MARK);
    if (mark < 0) {
      return sql;
    }
    StringBuilder result = new StringBuilder(sql.length() + 64);
    int copied = 0;
    int at = 0;
    while (mark >= 0) {
      int code = SqlScanner.nextCode(sql, at, mark);
      if (code > mark) {
        at = code;
        mark = sql.indexOf(MARK, at);
        continue;
      }
      if (mark == 0 || !SqlScanner.isIdentifierPart(sql.charAt(mark - 1))) {
        result.append(sql, copied, mark).append(schema).append('.');
        copied = mark + MARK.length();
      }
      at = mark + MARK.length();
      mark = sql.indexOf(MARK, at);
    }
    return result.append(sql, copied, sql.length()).toString();
  }
}
