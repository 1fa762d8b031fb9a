package io.tenantry.control.catalog;

import static io.tenantry.tenancy.finding.FindingCode.FUNCTION_PUBLIC;
import static io.tenantry.tenancy.finding.FindingCode.FUNCTION_UNKNOWN;
import static io.tenantry.tenancy.finding.FindingCode.ROLE_GRANT;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Functions of the server: which of them PUBLIC may call, and who keeps those it may not. */
final class FunctionRules {

  /** By name; those that are public, though volatile or of sets, and why that is harmless. */
  private static final List<String> HARMLESS = lines("public-functions.txt");

  /** A pattern of names or a signature, then who keeps them. */
  private static final List<String> KEPT = lines("kept-functions.txt");

  private static final String LISTED =
      """
      with line (pattern, keepers) as (
        select pg_catalog.split_part(l, ' ', 1), pg_catalog.string_to_array(l, ' ') as words
        from pg_catalog.unnest(?::text[]) l),
      listed as (
        select p.oid, p.proowner, p.proacl, p.oid::pg_catalog.regprocedure::text as name, l.keepers
        from line l join pg_catalog.pg_proc p
          on p.pronamespace = 'pg_catalog'::pg_catalog.regnamespace and case
            when l.pattern like '%,%' then p.oid::pg_catalog.regprocedure::text = l.pattern
            else p.proname ~ ('^(' || l.pattern || ')$') end
        where p.oid < 16384)
      """;

  private static final String AGAIN =
      LISTED
          + """
          select l.name, 'PUBLIC may execute it.' from listed l
          where exists (
            select from pg_catalog.aclexplode(
              coalesce(l.proacl, pg_catalog.acldefault('f', l.proowner))) a where a.grantee = 0)
          order by 1
          """;

  private static final String SURPLUS =
      LISTED
          + """
          select l.name, g.name || ' may execute it.'
          from listed l cross join lateral pg_catalog.aclexplode(l.proacl) a
          :grantee
          where a.grantee not in (0, l.proowner) and :ours and g.name <> all (l.keepers)
          order by 1, 2
          """
              .replace(":grantee", SchemaGrantRules.GRANTEE)
              .replace(":ours", SchemaGrantRules.OURS);

  /** Not listed, and privileges beyond what it came with: pg_read_file, for example. */
  private static final String WIDENED =
      LISTED
          + """
          select p.oid::pg_catalog.regprocedure::text, g.name || ' may execute it.'
          from pg_catalog.pg_proc p
          cross join lateral (
            select a.grantee from pg_catalog.aclexplode(p.proacl) a
            except
            select a.grantee from pg_catalog.aclexplode(coalesce((
              select i.initprivs from pg_catalog.pg_init_privs i
              where i.classoid = 'pg_catalog.pg_proc'::regclass and i.objoid = p.oid
                and i.objsubid = 0), pg_catalog.acldefault('f', p.proowner))) a) a
          :grantee
          where p.oid < 16384 and a.grantee <> p.proowner and :ours
            and p.oid not in (select l.oid from listed l)
          order by 1, 2
          """
              .replace(":grantee", SchemaGrantRules.GRANTEE)
              .replace(":ours", SchemaGrantRules.OURS);

  /** In any schema; what returns a set can show what the session did before, though stable. */
  private static final String UNKNOWN =
      """
      select p.oid::pg_catalog.regprocedure::text, 'PUBLIC may execute it.'
      from pg_catalog.pg_proc p
      join pg_catalog.pg_namespace n on n.oid = p.pronamespace
      where (p.provolatile = 'v' or p.provolatile = 's' and p.proretset)
        and p.prorettype not in ('pg_catalog.trigger'::regtype, 'pg_catalog.event_trigger'::regtype)
        and 'pg_catalog.internal'::regtype <> all (p.proargtypes::oid[])
        and 'pg_catalog.cstring'::regtype <> all (p.proargtypes::oid[])
        and exists (
          select from pg_catalog.aclexplode(
            coalesce(p.proacl, pg_catalog.acldefault('f', p.proowner))) a where a.grantee = 0)
        and (n.nspname <> 'pg_catalog' or p.oid >= 16384 or p.proname <> all (?::text[]))
      order by 1
      """;

  private FunctionRules() {}

  static List<Rule> quick() {
    return List.of(
        new Rule(FUNCTION_PUBLIC, AGAIN, KEPT),
        new Rule(ROLE_GRANT, SURPLUS, KEPT),
        new Rule(ROLE_GRANT, WIDENED, KEPT),
        new Rule(FUNCTION_UNKNOWN, UNKNOWN, HARMLESS));
  }

  static List<String> lines(String resource) {
    try (InputStream in = FunctionRules.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from this build.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("While reading " + resource, e);
    }
  }
}
