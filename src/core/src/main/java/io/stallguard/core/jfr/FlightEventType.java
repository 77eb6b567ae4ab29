package io.stallguard.core.jfr;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A type of JFR's events. Any thread. */
final class FlightEventType {
  // By reflection: JFR came to Java 8 with an update, and some JVMs have none. The factory makes a
  // class that the JVM holds, so nothing here is ever visible to the app.

  private static final String PACKAGE = "jdk.jfr.";

  private final Object factory;
  private final Object type;
  private final Method newEvent;
  private final Method isEnabled;
  private final Method set;
  private final Method commit;

  private FlightEventType(Object factory) throws ReflectiveOperationException {
    this.factory = factory;
    this.newEvent = factory.getClass().getMethod("newEvent");
    Method eventType = factory.getClass().getMethod("getEventType");
    this.type = eventType.invoke(factory);
    this.isEnabled = type("EventType").getMethod("isEnabled");
    Class<?> event = type("Event");
    this.set = event.getMethod("set", int.class, Object.class);
    this.commit = event.getMethod("commit");
  }

  /** Whether somebody records events of this type now. */
  boolean isEnabled() throws ReflectiveOperationException {
    return (Boolean) isEnabled.invoke(type);
  }

  /** Writes one event; the values are in the order of the fields. */
  void commit(@Nullable Object... values) throws ReflectiveOperationException {
    Object event = newEvent.invoke(factory);
    for (int i = 0; i < values.length; i++) {
      set.invoke(event, i, values[i]);
    }
    commit.invoke(event);
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(PACKAGE + name);
  }

  /** Describes a type. One thread. */
  static final class Builder {
    private final List<Object> annotations = new ArrayList<>();
    private final List<Object> fields = new ArrayList<>();

    Builder(String name, String label, String description) throws ReflectiveOperationException {
      annotations.add(annotation("Name", name));
      annotations.add(annotation("Label", label));
      annotations.add(annotation("Description", description));
      annotations.add(annotation("Category", new String[] {"StallGuard"}));
      // Written by a thread of ours: its stack tells nothing.
      annotations.add(annotation("StackTrace", false));
    }

    Builder text(String name, String label) throws ReflectiveOperationException {
      return field(String.class, name, annotation("Label", label));
    }

    Builder number(String name, String label) throws ReflectiveOperationException {
      return field(long.class, name, annotation("Label", label));
    }

    /** A number of bytes. */
    Builder bytes(String name, String label) throws ReflectiveOperationException {
      return field(long.class, name, annotation("Label", label), annotation("DataAmount", "BYTES"));
    }

    /** Nanoseconds. */
    Builder length(String name, String label) throws ReflectiveOperationException {
      return field(
          long.class, name, annotation("Label", label), annotation("Timespan", "NANOSECONDS"));
    }

    /** Milliseconds since the epoch. */
    Builder time(String name, String label) throws ReflectiveOperationException {
      return field(
          long.class,
          name,
          annotation("Label", label),
          annotation("Timestamp", "MILLISECONDS_SINCE_EPOCH"));
    }

    private Builder field(Class<?> of, String name, Object... annotated)
        throws ReflectiveOperationException {
      Constructor<?> descriptor =
          type("ValueDescriptor").getConstructor(Class.class, String.class, List.class);
      fields.add(descriptor.newInstance(of, name, Arrays.asList(annotated)));
      return this;
    }

    private static Object annotation(String name, Object value)
        throws ReflectiveOperationException {
      Class<? extends Annotation> annotated = type(name).asSubclass(Annotation.class);
      return type("AnnotationElement")
          .getConstructor(Class.class, Object.class)
          .newInstance(annotated, value);
    }

    FlightEventType build() throws ReflectiveOperationException {
      Method create = type("EventFactory").getMethod("create", List.class, List.class);
      return new FlightEventType(
          create.invoke(
              null,
              Collections.unmodifiableList(annotations),
              Collections.unmodifiableList(fields)));
    }
  }
}
