/** What happens to every request before anything else: its id, its headers, its limits. */
@NullMarked
package io.tenantry.api.http;

import org.jspecify.annotations.NullMarked;
