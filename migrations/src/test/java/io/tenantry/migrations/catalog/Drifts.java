package io.tenantry.migrations.catalog;

import java.util.stream.Stream;

/** What somebody may do to a tenant's schema by hand. */
final class Drifts {

  private Drifts() {}

  /** Each is seen. */
  static Stream<String> all() {
    return Stream.of(
        "alter table <acme>.desk_orders add note text",
        "alter table <acme>.desk_orders drop strategy",
        "alter table <acme>.desk_orders rename strategy to plan",
        "alter table <acme>.desk_orders alter symbol type varchar(10)",
        "alter table <acme>.desk_orders alter symbol type text collate \"C\"",
        "alter table <acme>.desk_orders alter symbol drop not null",
        "alter table <acme>.desk_orders alter time_in_force set default 'DAY'",
        "alter table <acme>.desk_orders alter placed_at drop default",
        "alter table <acme>.desk_orders drop version; alter table <acme>.desk_orders add version"
            + " int not null default 0",
        "drop index <acme>.desk_orders_time_idx",
        "create index more on <acme>.desk_orders (tenant_id, side)",
        "alter index <acme>.desk_orders_time_idx rename to other_idx",
        "update pg_index set indisvalid = false where indexrelid ="
            + " '<acme>.desk_orders_time_idx'::regclass",
        "alter table <acme>.desk_fills drop constraint desk_fills_order_id_fkey",
        "alter table <acme>.desk_fills drop constraint desk_fills_order_id_fkey; alter table"
            + " <acme>.desk_fills add constraint desk_fills_order_id_fkey foreign key (tenant_id,"
            + " order_id) references <acme>.desk_orders (tenant_id, id) on delete cascade",
        "alter table <acme>.desk_orders drop constraint desk_orders_side_check; alter table"
            + " <acme>.desk_orders add constraint desk_orders_side_check check (side in ('BUY',"
            + " 'SELL')) not valid",
        "drop policy tenant_isolation on <acme>.desk_orders",
        "alter policy tenant_isolation on <acme>.desk_orders using (true)",
        "alter policy tenant_isolation on <acme>.desk_orders to app_<acme>",
        "create policy other on <acme>.desk_orders for select using (true)",
        "alter table <acme>.desk_orders no force row level security",
        "alter table <acme>.desk_orders disable row level security",
        "grant truncate on <acme>.desk_orders to app_<acme>",
        "revoke select on <acme>.desk_orders from app_<acme>",
        "grant select on <acme>.desk_orders to public",
        "grant update (fee) on <acme>.desk_fills to app_<acme>",
        "grant select on <acme>.desk_orders to app_<globex>",
        "grant create on schema <acme> to app_<acme>",
        "alter table <acme>.desk_orders owner to tenantry_migrator",
        "alter schema <acme> owner to tenantry_migrator",
        "alter table <acme>.audit_events disable trigger audit_events_append_only",
        "alter table <acme>.audit_events enable always trigger audit_events_append_only",
        "alter table <acme>.desk_fills disable trigger all",
        "drop trigger audit_events_append_only on <acme>.audit_events",
        "comment on table <acme>.desk_orders is null",
        "comment on column <acme>.desk_orders.symbol is 'Other'",
        "comment on schema <acme> is null",
        "comment on index <acme>.desk_orders_time_idx is 'New'",
        "create table <acme>.extra (id int)",
        "drop table <acme>.desk_fills",
        "create view <acme>.seen as select 1 as one",
        "create materialized view <acme>.kept as select 1 as one",
        "create rule quiet as on delete to <acme>.desk_orders do instead nothing",
        "create function <acme>.f() returns int language sql as 'select 1'",
        "create procedure <acme>.p() language sql as 'select 1'",
        "create aggregate <acme>.total (int) (sfunc = int4pl, stype = int, initcond = '0')",
        "create sequence <acme>.numbers",
        "create type <acme>.mood as enum ('good')",
        "create type <acme>.pair as (a int, b int)",
        "create type <acme>.span as range (subtype = int)",
        "create domain <acme>.positive as int check (value > 0)",
        "create statistics <acme>.s on side, status from <acme>.desk_orders",
        "create collation <acme>.c from \"C\"",
        "alter default privileges in schema <acme> grant select on tables to public",
        "alter table <acme>.desk_orders replica identity full",
        "create table <acme>.child () inherits (<acme>.desk_orders)",
        "alter table <acme>.api_idempotency_keys set unlogged");
  }

  /** None is seen. */
  static Stream<String> leftOut() {
    return Stream.of(
        "alter table <acme>.desk_orders set (autovacuum_vacuum_scale_factor = 0.01, fillfactor ="
            + " 80)",
        "alter index <acme>.desk_orders_time_idx set (fillfactor = 70)",
        "alter table <acme>.desk_orders alter symbol set statistics 1000",
        "alter table <acme>.audit_events alter before set storage external",
        "cluster <acme>.desk_orders using desk_orders_time_idx",
        "create role ro_<acme>_1; grant usage on schema <acme> to ro_<acme>_1;"
            + " set role tenantry_owner; grant usage on schema <acme> to ro_<acme>_1;"
            + " grant select on <acme>.desk_orders to ro_<acme>_1",
        "create table <acme>.databasechangeloglock2 (id int); drop table"
            + " <acme>.databasechangeloglock2",
        "alter table <acme>.databasechangelog add note text",
        "alter table <acme>.desk_orders add scratch int; alter table <acme>.desk_orders drop"
            + " scratch",
        "revoke select on <acme>.desk_orders from app_<acme>; grant select on <acme>.desk_orders to"
            + " app_<acme>");
  }
}
