package io.stallguard.tooling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The advice for one class of a client. */
public final class TypeInstrumentation {
  private final String type;
  private final List<Join> joins = new ArrayList<>();
  private final List<Join> headJoins = new ArrayList<>();
  private final List<Join> attachedJoins = new ArrayList<>();
  private int beforeFeature = Integer.MAX_VALUE;
  private boolean optional;
  private boolean whereThere;

  private TypeInstrumentation(String type) {
    this.type = type;
  }

  /**
   * Starts with a class.
   *
   * @param type its name as {@code okhttp3.OkHttpClient}
   */
  public static TypeInstrumentation of(String type) {
    return new TypeInstrumentation(type);
  }

  /**
   * Adds advice for one method.
   *
   * @param method its name, {@code <init>} for a constructor
   * @param descriptor its descriptor as in the class file
   * @param advice the class whose annotated methods are inlined there
   */
  public TypeInstrumentation advise(String method, String descriptor, Class<?> advice) {
    joins.add(new Join(method, descriptor, advice.getName()));
    return this;
  }

  /**
   * Adds advice for a method whose descriptor changed between versions of the client.
   *
   * @param method its name; all methods that have it get the advice
   * @param advice as above; must do with the arguments as an array
   */
  public TypeInstrumentation advise(String method, Class<?> advice) {
    joins.add(new Join(method, null, advice.getName()));
    return this;
  }

  /** Adds advice that only limits the wait for heads: left out where nobody does. */
  public TypeInstrumentation adviseHead(String method, String descriptor, Class<?> advice) {
    headJoins.add(new Join(method, descriptor, advice.getName()));
    return this;
  }

  /**
   * Adds advice for what an app has made before the agent came: left out where nothing of the app's
   * was there.
   */
  public TypeInstrumentation adviseAttached(String method, String descriptor, Class<?> advice) {
    attachedJoins.add(new Join(method, descriptor, advice.getName()));
    return this;
  }

  /**
   * This instrumentation as it applies now: with the advice for heads if they are limited, and with
   * that for what an app has made before if there was an app.
   */
  TypeInstrumentation settled(boolean limitsHeads, boolean attached) {
    TypeInstrumentation settled = new TypeInstrumentation(type);
    settled.joins.addAll(joins);
    if (attached) {
      settled.joins.addAll(attachedJoins);
    }
    if (limitsHeads) {
      settled.joins.addAll(headJoins);
    }
    settled.beforeFeature = beforeFeature;
    settled.optional = optional;
    settled.whereThere = whereThere;
    return settled;
  }

  /**
   * Leaves the class alone, in silence, from this release of Java on: it plays another part there.
   */
  public TypeInstrumentation onlyBefore(int feature) {
    beforeFeature = feature;
    return this;
  }

  /** Lets the rest of the module work without this class, if that is not what was expected. */
  public TypeInstrumentation optional() {
    optional = true;
    return this;
  }

  /** Leaves methods out, in silence, that a version of the client does not have. */
  public TypeInstrumentation whereThere() {
    whereThere = true;
    return this;
  }

  boolean isWhereThere() {
    return whereThere;
  }

  String type() {
    return type;
  }

  boolean hasAdviceForHeads() {
    return !headJoins.isEmpty();
  }

  boolean isFor(int feature) {
    return feature < beforeFeature;
  }

  boolean isOptional() {
    return optional;
  }

  List<Join> joins() {
    return Collections.unmodifiableList(joins);
  }

  /** A join point: a method and the advice for it. */
  static final class Join {
    private final String method;
    private final @Nullable String descriptor;
    private final String advice;

    Join(String method, @Nullable String descriptor, String advice) {
      this.method = method;
      this.descriptor = descriptor;
      this.advice = advice;
    }

    String method() {
      return method;
    }

    /** The descriptor; null for any. */
    @Nullable String descriptor() {
      return descriptor;
    }

    String advice() {
      return advice;
    }

    @Override
    public String toString() {
      return descriptor == null ? method : method + descriptor;
    }
  }
}
