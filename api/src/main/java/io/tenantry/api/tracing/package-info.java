/** What is told about a request to those who measure and trace, and where traces go. */
@NullMarked
package io.tenantry.api.tracing;

import org.jspecify.annotations.NullMarked;
