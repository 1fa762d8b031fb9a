package io.tenantry.api.admin;

import io.tenantry.persistence.validation.Violations;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What makes the labels of a tenant acceptable. */
final class Labels {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,62}");
  private static final int MOST = 32;
  private static final int LONGEST_VALUE = 256;
  // All of them, with room for quotes and escapes; the table takes 16 KiB of JSON.
  private static final int MOST_BYTES = 8 * 1024;

  private Labels() {}

  static Map<String, String> check(Map<String, @Nullable String> labels, Violations violations) {
    Map<String, String> checked = new TreeMap<>();
    int bytes = 0;
    if (labels.size() > MOST) {
      violations.add("/labels", "too_many", "At most " + MOST + " labels are accepted.");
    }
    for (Map.Entry<String, @Nullable String> label : labels.entrySet()) {
      String name = label.getKey();
      String value = label.getValue();
      if (!NAME.matcher(name).matches()) {
        violations.add(
            "/labels",
            "name_invalid",
            "A name takes 1 to 63 of A-Z, a-z, 0-9, dot, underscore, slash and hyphen, and begins"
                + " with a letter or digit.");
        continue;
      }
      String pointer = "/labels/" + name.replace("/", "~1");
      violations.required(pointer, value);
      violations.text(pointer, value, LONGEST_VALUE);
      if (value != null) {
        bytes += (name + value).getBytes(StandardCharsets.UTF_8).length;
        checked.put(name, value);
      }
    }
    if (bytes > MOST_BYTES) {
      violations.add("/labels", "too_large", "At most " + MOST_BYTES + " bytes are accepted.");
    }
    return checked;
  }
}
