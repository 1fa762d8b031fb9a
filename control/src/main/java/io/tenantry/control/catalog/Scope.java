package io.tenantry.control.catalog;

/** Which schemas a rule looks at: those that are there once, or each tenant's own. */
enum Scope {
  SHARED("n.nspname !~ '^(tenant_[0-9a-f]{32}$|pg_|information_schema$)'"),
  TENANTS("n.nspname ~ '^tenant_[0-9a-f]{32}$'");

  private final String condition;

  Scope(String condition) {
    this.condition = condition;
  }

  /**
   * {@code sql} with its two marks filled in: {@code :schemas} becomes the condition on {@code n},
   * a row of pg_namespace; {@code :relations} a list of the relations in them, found by their
   * dependency on the schema, since pg_class has no index by schema and grows with the tenants.
   */
  String in(String sql) {
    return sql.replace(
            ":relations",
            """
            (select d.objid from pg_catalog.pg_depend d
              join pg_catalog.pg_namespace n on n.oid = d.refobjid
              where d.refclassid = 'pg_catalog.pg_namespace'::regclass
                and d.classid = 'pg_catalog.pg_class'::regclass and :schemas)\
            """)
        .replace(":schemas", condition);
  }
}
