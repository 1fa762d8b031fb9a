-- What schemas hold, a row each: kind, object, text. Everything is found by its dependency on its
-- schema, or by the table it belongs to: both have an index, and pg_class has none by schema.
with schemas as materialized (
  select n.oid, n.nspname, n.nspowner, n.nspacl from pg_namespace n where n.nspname = any (?::name[])),
members as materialized (
  select s.oid as schema, s.nspname, d.classid, d.objid
  from schemas s join pg_depend d on d.refclassid = 'pg_namespace'::regclass and d.refobjid = s.oid
  where d.deptype in ('n', 'a')),
relations as materialized (
  select m.schema, m.nspname, c.oid, c.relname::text as name, c.relkind, c.relowner, c.relacl, c.relpersistence,
    c.relrowsecurity, c.relforcerowsecurity, c.relreplident, c.reloptions, c.relhasrules, c.relhassubclass,
    case c.relkind when 'v' then 'view' when 'm' then 'materialized view' when 'f' then 'foreign table'
      when 'S' then 'sequence' else 'table' end as kind,
    -- The time that the keys of a table gain where it is split by it.
    (select ', ' || quote_ident(a.attname) || ')' from pg_partitioned_table p
      join pg_attribute a on a.attrelid = c.oid and a.attnum = p.partattrs[0] and a.atttypid = 'timestamptz'::regtype
      where p.partrelid = c.oid and c.relkind = 'p') as gained
  from members m join pg_class c on c.oid = m.objid
  where m.classid = 'pg_class'::regclass and not c.relispartition and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    -- Liquibase's own, which it makes as it likes.
    and not (c.relkind = 'r' and c.relname in ('databasechangelog', 'databasechangeloglock'))),
columns as materialized (
  select r.schema, r.nspname, r.oid, r.name as relation, r.kind as relkind, pg_get_userbyid(r.relowner)::text as owner, a.*
  from relations r join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  where r.kind <> 'sequence'),
indexes as materialized (
  select r.schema, r.nspname, r.name as relation, r.gained, i.*, c.relname::text as name, c.reloptions
  from relations r join pg_index i on i.indrelid = r.oid join pg_class c on c.oid = i.indexrelid
  where r.kind in ('table', 'materialized view')),
functions as materialized (
  select m.schema, m.nspname, p.oid, p.prokind, p.proowner, p.proacl,
    p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')' as name
  from members m join pg_proc p on p.oid = m.objid
  where m.classid = 'pg_proc'::regclass
    -- A range type brings its own.
    and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'i')),
types as materialized (
  select m.schema, m.nspname, t.*
  from members m join pg_type t on t.oid = m.objid
  where m.classid = 'pg_type'::regclass and t.typcategory <> 'A' and t.typtype <> 'm'),
-- To whom it is granted, and what: an entry as the server prints it, without the readers' own, and
-- with the owner called that, since who it is stands elsewhere.
grants as (
  select g.schema, g.nspname, 'grant on ' || g.kind as kind,
    g.name || ' to ' || case i.grantee when '' then 'public' when g.owner then 'its owner' else i.grantee end as name,
    case when i.given = split_part(i.given, '/', 1) || '/' || g.owner then split_part(i.given, '/', 1) else i.given end as given
  from (
    select s.oid as schema, s.nspname, 'schema' as kind, s.nspname::text as name, pg_get_userbyid(s.nspowner)::text as owner,
      coalesce(s.nspacl, acldefault('n', s.nspowner)) as acl from schemas s
    union all
    select r.schema, r.nspname, r.kind, r.name, pg_get_userbyid(r.relowner),
      coalesce(r.relacl, acldefault(case r.kind when 'sequence' then 's' else 'r' end::"char", r.relowner)) from relations r
    union all
    select c.schema, c.nspname, 'column', c.relation || '.' || c.attname, c.owner, c.attacl from columns c where c.attacl is not null
    union all
    select f.schema, f.nspname, 'function', f.name, pg_get_userbyid(f.proowner),
      coalesce(f.proacl, acldefault('f', f.proowner)) from functions f
    union all
    select t.schema, t.nspname, 'type', t.typname::text, pg_get_userbyid(t.typowner),
      coalesce(t.typacl, acldefault('T', t.typowner)) from types t
  ) g, lateral (
    select split_part(u::text, '=', 1) as grantee, split_part(u::text, '=', 2) as given from unnest(g.acl) u) i
  where not (g.kind in ('schema', 'table') and starts_with(i.grantee, 'ro_' || g.nspname || '_')
    and i.given = case g.kind when 'schema' then 'U' else 'r' end || '/tenantry_owner')),
comments as (
  select r.schema, r.nspname, 'comment of ' || r.kind as kind, r.name, d.description
    from relations r join pg_description d on d.objoid = r.oid and d.classoid = 'pg_class'::regclass and d.objsubid = 0
  union all
  select c.schema, c.nspname, 'comment of column', c.relation || '.' || c.attname, d.description
    from columns c join pg_description d on d.objoid = c.oid and d.classoid = 'pg_class'::regclass and d.objsubid = c.attnum
  union all
  select i.schema, i.nspname, 'comment of index', i.relation || '.' || i.name, d.description
    from indexes i join pg_description d on d.objoid = i.indexrelid and d.classoid = 'pg_class'::regclass and d.objsubid = 0
  union all
  select s.oid, s.nspname, 'comment of schema', s.nspname, d.description
    from schemas s join pg_description d on d.objoid = s.oid and d.classoid = 'pg_namespace'::regclass
  union all
  select f.schema, f.nspname, 'comment of function', f.name, d.description
    from functions f join pg_description d on d.objoid = f.oid and d.classoid = 'pg_proc'::regclass
  union all
  select t.schema, t.nspname, 'comment of type', t.typname, d.description
    from types t join pg_description d on d.objoid = t.oid and d.classoid = 'pg_type'::regclass),
described as (
  select s.oid as schema, s.nspname, 'owner of schema' as kind, s.nspname::text as object, pg_get_userbyid(s.nspowner)::text as text
    from schemas s
  union all
  select r.schema, r.nspname, r.kind, r.name,
    case r.kind
      when 'table' then case r.relpersistence when 'u' then 'unlogged' else 'logged' end
        || case r.relreplident when 'd' then '' else ', replica identity ' || r.relreplident::text end
      when 'view' then concat_ws(' ', pg_get_viewdef(r.oid), r.reloptions::text)
      when 'materialized view' then pg_get_viewdef(r.oid)
      when 'sequence' then (select format('%s from %s to %s, start %s, by %s, cache %s%s', format_type(q.seqtypid, null),
          q.seqmin, q.seqmax, q.seqstart, q.seqincrement, q.seqcache, case when q.seqcycle then ', cycle' end)
        from pg_sequence q where q.seqrelid = r.oid)
      else (select 'of ' || v.srvname || ' ' || coalesce(f.ftoptions::text, '')
        from pg_foreign_table f join pg_foreign_server v on v.oid = f.ftserver where f.ftrelid = r.oid) end
    from relations r
  union all
  select r.schema, r.nspname, 'owner of ' || r.kind, r.name, pg_get_userbyid(r.relowner) from relations r
  union all
  select r.schema, r.nspname, 'row security of table', r.name,
    case when r.relrowsecurity then 'enabled' else 'disabled' end || case when r.relforcerowsecurity then ', forced' else ', not forced' end
    from relations r where r.kind = 'table'
  union all
  select c.schema, c.nspname, 'order of columns of table', c.relation, string_agg(quote_ident(c.attname), ', ' order by c.attnum)
    from columns c where c.relkind = 'table' group by c.schema, c.nspname, c.relation
  union all
  select r.schema, r.nspname, 'parent of table', r.name, h.inhparent::regclass::text
    from relations r join pg_inherits h on h.inhrelid = r.oid where r.kind = 'table'
  union all
  select c.schema, c.nspname, 'column', c.relation || '.' || c.attname,
    format_type(c.atttypid, c.atttypmod)
      || case when c.attcollation in (0, 100) then '' else ' collate ' || c.attcollation::regcollation::text end
      || case when c.attnotnull then ' not null' else '' end
      || case c.attidentity when '' then '' when 'a' then ' generated always as identity' else ' generated by default as identity' end
      || case c.attgenerated when '' then '' when 's' then ' generated, stored' else ' generated, virtual' end
    from columns c where c.relkind in ('table', 'foreign table')
  union all
  select c.schema, c.nspname, 'default of column', c.relation || '.' || c.attname, pg_get_expr(d.adbin, d.adrelid)
    from columns c join pg_attrdef d on d.adrelid = c.oid and d.adnum = c.attnum where c.atthasdef
  union all
  select r.schema, r.nspname, 'constraint', r.name || '.' || o.conname,
    case when r.gained is not null and o.contype in ('p', 'u')
      then replace(pg_get_constraintdef(o.oid), r.gained, ')') else pg_get_constraintdef(o.oid) end
    from relations r join pg_constraint o on o.conrelid = r.oid
    -- Since 18 there is one for each NOT NULL, which the column tells, but for its validity.
    where o.contype <> 't' and o.conparentid = 0 and (o.contype <> 'n' or not o.convalidated)
  union all
  select i.schema, i.nspname, 'index', i.relation || '.' || i.name,
    case when i.gained is not null and i.indisunique then replace(x.text, i.gained, ')') else x.text end
    from indexes i, lateral (
      select regexp_replace(replace(pg_get_indexdef(i.indexrelid), ' ON ONLY ', ' ON '),
        case when i.reloptions is null then '^$' else ' WITH \(\w+=''[^'']*''(, \w+=''[^'']*'')*\)' end, '') as text) x
  union all
  select i.schema, i.nspname, 'state of index', i.relation || '.' || i.name, 'not valid'
    from indexes i where not (i.indisvalid and i.indisready and i.indislive)
  union all
  select r.schema, r.nspname, 'policy', r.name || '.' || p.polname,
    case when p.polpermissive then 'permissive' else 'restrictive' end || ' for '
      || case p.polcmd when '*' then 'all' when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' else 'delete' end
      || ' to ' || (select string_agg(case u when 0 then 'public' else pg_get_userbyid(u)::text end, ', ' order by pg_get_userbyid(u)::text collate "C")
        from unnest(p.polroles) u)
      || coalesce(' using ' || pg_get_expr(p.polqual, p.polrelid), '')
      || coalesce(' with check ' || pg_get_expr(p.polwithcheck, p.polrelid), '')
    from relations r join pg_policy p on p.polrelid = r.oid
  union all
  select r.schema, r.nspname, 'trigger', r.name || '.' || t.tgname, pg_get_triggerdef(t.oid)
    from relations r join pg_trigger t on t.tgrelid = r.oid where not t.tgisinternal
  union all
  -- Those that keep a foreign key are the constraint's own, unless somebody has switched them off.
  select distinct r.schema, r.nspname, case when t.tgisinternal then 'state of constraint' else 'state of trigger' end,
    r.name || '.' || coalesce(case when t.tgisinternal then o.conname end, t.tgname),
    case t.tgenabled when 'D' then 'disabled' when 'R' then 'enabled for replicas alone' else 'enabled for replicas too' end
    from relations r join pg_trigger t on t.tgrelid = r.oid left join pg_constraint o on o.oid = t.tgconstraint
    where t.tgenabled <> 'O'
  union all
  select r.schema, r.nspname, 'rule', r.name || '.' || w.rulename,
    pg_get_ruledef(w.oid) || case w.ev_enabled when 'O' then '' else ' (enabled ' || w.ev_enabled::text || ')' end
    from relations r join pg_rewrite w on w.ev_class = r.oid and (w.rulename <> '_RETURN' or w.ev_enabled <> 'O')
    where r.relhasrules
  union all
  select f.schema, f.nspname, 'function', f.name,
    case f.prokind when 'a' then (select a::text from pg_aggregate a where a.aggfnoid = f.oid) else pg_get_functiondef(f.oid) end
    from functions f
  union all
  select f.schema, f.nspname, 'owner of function', f.name, pg_get_userbyid(f.proowner) from functions f
  union all
  select t.schema, t.nspname, 'type', t.typname,
    case t.typtype
      when 'e' then 'enum ' || (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder) from pg_enum e where e.enumtypid = t.oid)
      when 'd' then concat_ws(' ', 'domain', format_type(t.typbasetype, t.typtypmod), case when t.typnotnull then 'not null' end,
        'default ' || t.typdefault, (select string_agg(o.conname || ' ' || pg_get_constraintdef(o.oid), ', ' order by o.conname collate "C")
          from pg_constraint o where o.contypid = t.oid and (o.contype <> 'n' or not o.convalidated)))
      when 'c' then (select string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod), ', ' order by a.attnum)
        from pg_attribute a where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped)
      when 'r' then (select 'range of ' || format_type(g.rngsubtype, null) from pg_range g where g.rngtypid = t.oid)
      else t.typtype::text end
    from types t
  union all
  select t.schema, t.nspname, 'owner of type', t.typname, pg_get_userbyid(t.typowner) from types t
  union all
  select g.schema, g.nspname, g.kind, g.name, g.given from grants g
  union all
  select c.schema, c.nspname, c.kind, c.name, c.description from comments c
  union all
  -- What else there may be: operators, collations, statistics, default privileges, extensions.
  select m.schema, m.nspname, 'object', (o).type || ' ' || (o).identity,
    case m.classid
      when 'pg_statistic_ext'::regclass then pg_get_statisticsobjdef(m.objid)
      when 'pg_default_acl'::regclass then (select d.defaclacl::text from pg_default_acl d where d.oid = m.objid)
      else 'there' end
  from members m, lateral (select pg_identify_object(m.classid, m.objid, 0) as o) i
  where m.classid not in ('pg_class'::regclass, 'pg_type'::regclass, 'pg_proc'::regclass, 'pg_constraint'::regclass))
