/** The settings that every executable shares: where the database and the credentials are. */
@NullMarked
package io.tenantry.credentials.settings;

import org.jspecify.annotations.NullMarked;
