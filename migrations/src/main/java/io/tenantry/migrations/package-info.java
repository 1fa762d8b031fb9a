/**
 * What changes schemas: the superuser part of an installation, changelogs, and the provisioning of
 * tenants. Holds the DDL login; serves no request.
 */
@NullMarked
package io.tenantry.migrations;

import org.jspecify.annotations.NullMarked;
