package io.stallguard.tooling;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a parameter of advice that takes what is found by following fields, read only, from the
 * object whose method is woven. For classes that the advice cannot name because nobody can.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface FieldPath {
  /** Names of fields, each declared by the type of the one before; the first by the woven class. */
  String[] value();
}
