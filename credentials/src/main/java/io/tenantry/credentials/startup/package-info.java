/** What is checked before anything starts: that every setting given is one there is. */
@NullMarked
package io.tenantry.credentials.startup;

import org.jspecify.annotations.NullMarked;
