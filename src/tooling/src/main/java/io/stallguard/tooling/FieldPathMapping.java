package io.stallguard.tooling;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.field.FieldList;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.ParameterDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.implementation.bytecode.member.FieldAccess;
import net.bytebuddy.implementation.bytecode.member.MethodVariableAccess;
import net.bytebuddy.matcher.ElementMatchers;

/** Reads the fields of a {@link FieldPath} one after another, in the woven code. */
final class FieldPathMapping implements Advice.OffsetMapping {
  private final String[] path;

  private FieldPathMapping(String[] path) {
    this.path = path;
  }

  @Override
  public Target resolve(
      TypeDescription woven,
      MethodDescription method,
      Assigner assigner,
      Advice.ArgumentHandler argumentHandler,
      Sort sort) {
    List<StackManipulation> reads = new ArrayList<>();
    reads.add(MethodVariableAccess.loadThis());
    TypeDescription holder = woven;
    for (String name : path) {
      FieldDescription field = field(holder, name);
      reads.add(FieldAccess.forField(field).read());
      holder = field.getType().asErasure();
    }
    return new Target.ForStackManipulation(new StackManipulation.Compound(reads));
  }

  private static FieldDescription field(TypeDescription holder, String name) {
    FieldList<FieldDescription.InDefinedShape> found =
        holder.getDeclaredFields().filter(ElementMatchers.named(name));
    if (found.isEmpty()) {
      throw new IllegalStateException("there is no field " + holder.getName() + "." + name);
    }
    return found.getOnly();
  }

  /** Makes the mapping of each parameter that has the annotation. */
  static final class Factory implements Advice.OffsetMapping.Factory<FieldPath> {
    @Override
    public Class<FieldPath> getAnnotationType() {
      return FieldPath.class;
    }

    @Override
    public Advice.OffsetMapping make(
        ParameterDescription.InDefinedShape parameter,
        AnnotationDescription.Loadable<FieldPath> annotation,
        AdviceType adviceType) {
      return new FieldPathMapping(annotation.getValue("value").resolve(String[].class));
    }
  }
}
