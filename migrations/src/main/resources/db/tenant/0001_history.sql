--liquibase formatted sql

--changeset tenantry:tenant-0001-history-key splitStatements:false rollbackSplitStatements:false stripComments:false
--comment: The history table gets the key that it lacks as Liquibase makes it
alter table databasechangelog add constraint databasechangelog_pkey primary key (id, author, filename);
comment on table databasechangelog is 'Changesets of this tenant that have run';
--rollback alter table databasechangelog drop constraint databasechangelog_pkey;
--rollback comment on table databasechangelog is null;
