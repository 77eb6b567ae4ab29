package io.stallguard.tooling;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferenceCheckTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "java/io/InputStream#read([BII)I",
        "java/lang/Thread#<init>(Ljava/lang/Runnable;)V",
        "java/util/ArrayList#size()I",
        "java/util/List#stream()Ljava/util/stream/Stream;",
        "java/lang/Object#<init>()V",
      })
  void findsPublicMembersInheritedOnesToo(String reference) {
    assertThatCode(() -> check(reference)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java/io/NoSuchStream#read()I",
        "java/io/InputStream#peek()I",
        "java/awt/Point#z:I",
        "java/awt/Point#x:J",
        "java/io/FilterInputStream#in:Ljava/io/InputStream;",
        "java/io/InputStream#read()J",
        "java/io/InputStream#read(J)I",
        "java/lang/Thread#<init>(I)V",
        "java/io/InputStream#read(Lno/such/Type;)I",
        "java/lang/Object#registerNatives()V",
        "java/util/ArrayList#grow(I)[Ljava/lang/Object;",
        "java/lang/Thread#<init>(Ljava/lang/ThreadGroup;Ljava/lang/String;I)V",
      })
  void namesTheMemberThatIsMissing(String reference) {
    assertThatThrownBy(() -> check(reference))
        .isInstanceOf(StandBack.class)
        .hasMessage("missing member " + reference);
  }

  @Test
  void findsAMethodByItsReturnTypeToo() {
    // Two methods that differ in their return types only: a bridge stands beside the real one.
    assertThatCode(
            () ->
                check(
                    "java/lang/StringBuilder#append(Ljava/lang/CharSequence;)Ljava/lang/StringBuilder;",
                    "java/lang/StringBuilder#append(Ljava/lang/CharSequence;)Ljava/lang/Appendable;"))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java/io/FilterInputStream#<init>(Ljava/io/InputStream;)V",
        "java/util/ArrayList#removeRange(II)V",
        "java/util/Stack#removeRange(II)V",
      })
  void findsProtectedMembersThatAHelperMayInherit(String reference) {
    assertThatCode(() -> check(reference)).doesNotThrowAnyException();
  }

  @Test
  void findsPublicFieldsByTheirType() {
    assertThatCode(() -> check("java/awt/Point#x:I", "java/io/File#separator:Ljava/lang/String;"))
        .doesNotThrowAnyException();
  }

  @Test
  void asksTheBootLoaderWhereTheClientIsTheJdk() {
    assertThatCode(() -> ReferenceCheck.check(List.of("java/net/Socket#close()V"), null))
        .doesNotThrowAnyException();
  }

  private static void check(String... references) throws StandBack {
    ReferenceCheck.check(List.of(references), ReferenceCheckTest.class.getClassLoader());
  }
}
