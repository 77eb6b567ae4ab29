package io.stallguard.tooling;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.method.ParameterDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * The mapping of a parameter to the look-up of the {@link Hook}, in the woven code, wherever the
 * advice uses it.
 */
final class HookMapping implements Advice.OffsetMapping {
  private static final Target LOOK_UP = new Target.ForStackManipulation(new LookUp());

  @Override
  public Target resolve(
      TypeDescription woven,
      MethodDescription method,
      Assigner assigner,
      Advice.ArgumentHandler argumentHandler,
      Sort sort) {
    return LOOK_UP;
  }

  /**
   * Puts what the field holds on the stack. The woven class may see nothing of ours, whatever its
   * class loader: so by reflection, from the system class loader on.
   */
  private static final class LookUp extends StackManipulation.AbstractBase {
    private static final Size SIZE = new Size(1, 2);

    @Override
    public Size apply(MethodVisitor code, Implementation.Context context) {
      code.visitMethodInsn(
          Opcodes.INVOKESTATIC,
          "java/lang/ClassLoader",
          "getSystemClassLoader",
          "()Ljava/lang/ClassLoader;",
          false);
      code.visitLdcInsn("io.stallguard.agent.Hooks");
      call(code, "java/lang/ClassLoader", "loadClass", "(Ljava/lang/String;)Ljava/lang/Class;");
      code.visitLdcInsn("hook");
      call(code, "java/lang/Class", "getField", "(Ljava/lang/String;)Ljava/lang/reflect/Field;");
      code.visitInsn(Opcodes.ACONST_NULL);
      call(code, "java/lang/reflect/Field", "get", "(Ljava/lang/Object;)Ljava/lang/Object;");
      code.visitTypeInsn(Opcodes.CHECKCAST, "java/util/function/BiFunction");
      return SIZE;
    }

    private static void call(MethodVisitor code, String owner, String method, String descriptor) {
      code.visitMethodInsn(Opcodes.INVOKEVIRTUAL, owner, method, descriptor, false);
    }
  }

  /** Makes the mapping of each parameter that has the annotation. */
  static final class Factory implements Advice.OffsetMapping.Factory<Hook> {
    @Override
    public Class<Hook> getAnnotationType() {
      return Hook.class;
    }

    @Override
    public Advice.OffsetMapping make(
        ParameterDescription.InDefinedShape parameter,
        AnnotationDescription.Loadable<Hook> annotation,
        AdviceType adviceType) {
      return new HookMapping();
    }
  }
}
