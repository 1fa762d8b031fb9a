package io.tenantry.migrations.drift;

import java.util.List;
import java.util.stream.Stream;

/** What somebody may do to a tenant's schema by hand. */
final class Drifts {

  private Drifts() {}

  /**
   * Something done by hand.
   *
   * @param words how each thing begins that is said of it; no more is said
   */
  record Drift(String sql, List<String> words) {
    @Override
    public String toString() {
      return sql;
    }
  }

  private static Drift drift(String sql, String... words) {
    return new Drift(sql, List.of(words));
  }

  static Stream<Drift> all() {
    return Stream.of(columns(), rules(), objects(), more()).flatMap(drifts -> drifts);
  }

  private static Stream<Drift> columns() {
    return Stream.of(
        drift(
            "alter table <acme>.desk_orders add note text",
            "column desk_orders.note is not expected: text"),
        drift(
            "alter table <acme>.desk_orders drop strategy",
            "constraint desk_orders.desk_orders_strategy_check is missing, should be CHECK"
                + " (((length(strategy)",
            "column desk_orders.strategy is missing, should be text"),
        drift(
            "alter table <acme>.desk_orders rename strategy to plan",
            "constraint desk_orders.desk_orders_strategy_check is CHECK (((length(plan) >= 1) AND"
                + " (length(plan)",
            "column desk_orders.plan is not expected: text",
            "column desk_orders.strategy is missing, should be text"),
        drift(
            "alter table <acme>.desk_orders alter symbol type varchar(10)",
            "constraint desk_orders.desk_orders_symbol_check is CHECK (((length((symbol)::text) >="
                + " 1) AND",
            "column desk_orders.symbol is character varying(10) not null, should be text not null"),
        drift(
            "alter table <acme>.desk_orders alter symbol type text collate \"C\"",
            "column desk_orders.symbol is text collate \"C\" not null, should be text not null"),
        drift(
            "alter table <acme>.desk_orders alter symbol drop not null",
            "column desk_orders.symbol is text, should be text not null"),
        drift(
            "alter table <acme>.desk_orders alter time_in_force set default 'DAY'",
            "default of column desk_orders.time_in_force is 'DAY'::text, should be 'GTC'::text"),
        drift(
            "alter table <acme>.desk_orders alter placed_at drop default",
            "default of column desk_orders.placed_at is missing, should be now()"),
        drift(
            "alter table <acme>.desk_orders drop version; alter table <acme>.desk_orders add"
                + " version int not null default 0",
            "order of columns of table desk_orders is .. filled_quantity, filled_notional, version,"
                + " should be ..",
            "comment of column desk_orders.version is missing, should be Counts changes; the ETag"),
        drift(
            "drop index <acme>.desk_orders_time_idx",
            "index desk_orders.desk_orders_time_idx is missing, should be CREATE INDEX"
                + " desk_orders_time_idx ON"),
        drift(
            "create index more on <acme>.desk_orders (tenant_id, side)",
            "index desk_orders.more is not expected: CREATE INDEX more ON <acme>.desk_orders USING"
                + " btree"),
        drift(
            "alter index <acme>.desk_orders_time_idx rename to other_idx",
            "index desk_orders.desk_orders_time_idx is missing, should be CREATE INDEX"
                + " desk_orders_time_idx ON",
            "index desk_orders.other_idx is not expected: CREATE INDEX other_idx ON"
                + " <acme>.desk_orders USING"),
        drift(
            "update pg_index set indisvalid = false where indexrelid ="
                + " '<acme>.desk_orders_time_idx'::regclass",
            "index desk_orders.desk_orders_time_idx is not valid"),
        drift(
            "alter table <acme>.desk_fills drop constraint desk_fills_order_id_fkey",
            "constraint desk_fills.desk_fills_order_id_fkey is missing, should be FOREIGN KEY"
                + " (tenant_id,"),
        drift(
            "alter table <acme>.desk_fills drop constraint desk_fills_order_id_fkey; alter table"
                + " <acme>.desk_fills add constraint desk_fills_order_id_fkey foreign key"
                + " (tenant_id, order_id) references <acme>.desk_orders (tenant_id, id) on delete"
                + " cascade",
            "constraint desk_fills.desk_fills_order_id_fkey is .. id) ON DELETE CASCADE, should be"
                + " .. id)"));
  }

  private static Stream<Drift> rules() {
    return Stream.of(
        drift(
            "alter table <acme>.desk_orders drop constraint desk_orders_side_check; alter table"
                + " <acme>.desk_orders add constraint desk_orders_side_check check (side in ('BUY',"
                + " 'SELL')) not valid",
            "constraint desk_orders.desk_orders_side_check is CHECK ((side = ANY"
                + " (ARRAY['BUY'::text,"),
        drift(
            "drop policy tenant_isolation on <acme>.desk_orders",
            "policy desk_orders.tenant_isolation is missing, should be permissive for all to public"
                + " using"),
        drift(
            "alter policy tenant_isolation on <acme>.desk_orders using (true)",
            "policy desk_orders.tenant_isolation is permissive for all to public using true with"
                + " check"),
        drift(
            "alter policy tenant_isolation on <acme>.desk_orders to app_<acme>",
            "policy desk_orders.tenant_isolation is permissive for all to app_<acme> using"
                + " (tenant_id = ( SELECT"),
        drift(
            "create policy other on <acme>.desk_orders for select using (true)",
            "policy desk_orders.other is not expected: permissive for select to public using true"),
        drift(
            "alter table <acme>.desk_orders no force row level security",
            "row security of table desk_orders is enabled, not forced, should be enabled, forced"),
        drift(
            "alter table <acme>.desk_orders disable row level security",
            "row security of table desk_orders is disabled, forced, should be enabled, forced"),
        drift(
            "grant truncate on <acme>.desk_orders to app_<acme>",
            "grant on table desk_orders to app_<acme> is INSERT, SELECT, UPDATE, DELETE, TRUNCATE,"
                + " should be"),
        drift(
            "revoke select on <acme>.desk_orders from app_<acme>",
            "grant on table desk_orders to app_<acme> is INSERT, UPDATE, DELETE, should be INSERT,"
                + " SELECT,"),
        drift(
            "grant select on <acme>.desk_orders to public",
            "grant on table desk_orders to public is not expected: SELECT"),
        drift(
            "grant update (fee) on <acme>.desk_fills to app_<acme>",
            "grant on column desk_fills.fee to app_<acme> is not expected: UPDATE"),
        drift(
            "grant select on <acme>.desk_orders to app_<globex>",
            "grant on table desk_orders to app_<globex> is not expected: SELECT"),
        drift(
            "grant create on schema <acme> to app_<acme>",
            "grant on schema <acme> to app_<acme> is USAGE, CREATE, should be USAGE"),
        drift(
            "alter table <acme>.desk_orders owner to tenantry_migrator",
            "owner of table desk_orders is tenantry_migrator, should be tenantry_owner"),
        drift(
            "alter schema <acme> owner to tenantry_migrator",
            "owner of schema <acme> is tenantry_migrator, should be tenantry_owner"));
  }

  private static Stream<Drift> objects() {
    return Stream.of(
        drift(
            "alter table <acme>.audit_events disable trigger audit_events_append_only",
            "trigger audit_events.audit_events_append_only is disabled"),
        drift(
            "alter table <acme>.audit_events enable always trigger audit_events_append_only",
            "trigger audit_events.audit_events_append_only is enabled for replicas too"),
        drift(
            "alter table <acme>.desk_fills disable trigger all",
            "constraint desk_fills.desk_fills_order_id_fkey is disabled"),
        drift(
            "drop trigger audit_events_append_only on <acme>.audit_events",
            "trigger audit_events.audit_events_append_only is missing, should be CREATE TRIGGER"),
        drift(
            "comment on table <acme>.desk_orders is null",
            "comment of table desk_orders is missing, should be Orders of the desk"),
        drift(
            "comment on column <acme>.desk_orders.symbol is 'Other'",
            "comment of column desk_orders.symbol is Other, should be The instrument"),
        drift(
            "comment on schema <acme> is null",
            "comment of schema <acme> is missing, should be Tables of one tenant"),
        drift(
            "comment on index <acme>.desk_orders_time_idx is 'New'",
            "comment of index desk_orders.desk_orders_time_idx is not expected: New"),
        drift("create table <acme>.extra (id int)", "table extra is not expected"),
        drift("drop table <acme>.desk_fills", "table desk_fills is missing"),
        drift(
            "create view <acme>.seen as select 1 as one",
            "view seen is not expected: SELECT 1 AS one;"),
        drift(
            "create materialized view <acme>.kept as select 1 as one",
            "materialized view kept is not expected: SELECT 1 AS one;"),
        drift(
            "create rule quiet as on delete to <acme>.desk_orders do instead nothing",
            "rule desk_orders.quiet is not expected: CREATE RULE quiet AS ON DELETE TO"
                + " <acme>.desk_orders DO"),
        drift(
            "create function <acme>.f() returns int language sql as 'select 1'",
            "function f() is not expected: CREATE OR REPLACE FUNCTION <acme>.f() RETURNS integer"
                + " LANGUAGE sql AS"),
        drift(
            "create procedure <acme>.p() language sql as 'select 1'",
            "function p() is not expected: CREATE OR REPLACE PROCEDURE <acme>.p() LANGUAGE sql"
                + " AS"));
  }

  private static Stream<Drift> more() {
    return Stream.of(
        drift(
            "create aggregate <acme>.total (int) (sfunc = int4pl, stype = int, initcond = '0')",
            "function total(integer) is not expected:"
                + " (<acme>.total,n,0,int4pl,-,-,-,-,-,-,-,f,f,r,r,0,23,0,0,0,0,)"),
        drift(
            "create sequence <acme>.numbers",
            "sequence numbers is not expected: bigint from 1 to 9223372036854775807, start 1, by 1,"
                + " cache 1"),
        drift("create type <acme>.mood as enum ('good')", "type mood is not expected: enum 'good'"),
        drift(
            "create type <acme>.pair as (a int, b int)",
            "type pair is not expected: a integer, b integer"),
        drift(
            "create type <acme>.span as range (subtype = int)",
            "type span is not expected: range of integer"),
        drift(
            "create domain <acme>.positive as int check (value > 0)",
            "type positive is not expected: domain integer positive_check CHECK ((VALUE > 0))"),
        drift(
            "create statistics <acme>.s on side, status from <acme>.desk_orders",
            "object statistics object <acme>.s is not expected: CREATE STATISTICS <acme>.s ON side,"
                + " status FROM"),
        drift("create collation <acme>.c from \"C\"", "object collation <acme>.c is not expected"),
        drift(
            "alter default privileges in schema <acme> grant select on tables to public",
            "object default acl for role postgres in schema <acme> on tables is not expected:"
                + " {=r/postgres}"),
        drift(
            "alter table <acme>.desk_orders replica identity full",
            "table desk_orders is logged, replica identity f, should be logged"),
        drift(
            "create table <acme>.child () inherits (<acme>.desk_orders)",
            "table child is not expected"),
        drift(
            "alter table <acme>.api_idempotency_keys set unlogged",
            "table api_idempotency_keys is unlogged, should be logged"));
  }
}
