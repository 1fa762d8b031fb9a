package io.tenantry.migrations.drift;

import io.tenantry.control.catalog.CatalogObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares two descriptions of a schema, object by object. */
final class Difference {

  private static final Set<String> RELATIONS =
      Set.of("table", "view", "materialized view", "foreign table", "sequence");
  private static final String ORDER = "order of columns of table";

  private Difference() {}

  /**
   * In what {@code found} differs from {@code expected}. What follows from something that is
   * missing or too many is left out: of a table that is not there, nobody wants to read the
   * columns.
   *
   * @param schema stands in the words in place of {@code <tenant>}
   */
  static List<Deviation> between(
      List<CatalogObject> expected, List<CatalogObject> found, String schema) {
    if (found.isEmpty()) {
      return List.of(new Deviation("schema", schema, null, "there"));
    }
    SortedMap<Key, String> should = byKey(expected);
    SortedMap<Key, String> is = byKey(found);
    SortedMap<Key, String> either = new TreeMap<>(should);
    either.putAll(is);
    List<Key> absent =
        either.keySet().stream()
            .filter(key -> should.containsKey(key) != is.containsKey(key))
            .toList();
    List<Deviation> deviations = new ArrayList<>();
    for (Key key : either.keySet()) {
      String a = should.get(key);
      String b = is.get(key);
      boolean same = a != null && a.equals(b);
      if (!same && absent.stream().noneMatch(key::followsFrom)) {
        deviations.add(words(key, b, a, schema));
      }
    }
    return List.copyOf(deviations);
  }

  private record Key(String kind, String object) implements Comparable<Key> {

    @Override
    public int compareTo(Key other) {
      int byObject = object.compareTo(other.object);
      return byObject == 0 ? kind.compareTo(other.kind) : byObject;
    }

    /** Whether this cannot be as it should because {@code cause} is not there, or is. */
    boolean followsFrom(Key cause) {
      if (equals(cause)) {
        return false;
      }
      boolean itsProperty =
          kind.endsWith(" " + cause.kind)
              && (object.equals(cause.object) || object.startsWith(cause.object + " to "));
      boolean inIt = RELATIONS.contains(cause.kind) && object.startsWith(cause.object + ".");
      boolean itsPlace =
          cause.kind.equals("column")
              && kind.equals(ORDER)
              && cause.object.startsWith(object + ".");
      boolean itsIndex =
          cause.kind.equals("constraint") && kind.endsWith("index") && object.equals(cause.object);
      return itsProperty || inIt || itsPlace || itsIndex;
    }
  }

  /** Two entries of one kind and object are grants by two grantors. */
  private static SortedMap<Key, String> byKey(List<CatalogObject> objects) {
    SortedMap<Key, String> map = new TreeMap<>();
    objects.forEach(
        one -> map.merge(new Key(one.kind(), one.object()), one.text(), (a, b) -> a + " " + b));
    return map;
  }

  private static Deviation words(
      Key key, @Nullable String found, @Nullable String expected, String schema) {
    return new Deviation(
        key.kind(),
        CatalogWords.named(key.object(), schema),
        CatalogWords.of(key.kind(), found, schema),
        CatalogWords.of(key.kind(), expected, schema));
  }
}
