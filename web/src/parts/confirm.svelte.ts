// Asks before something that cannot be undone.

interface Question {
  title: string;
  text: string;
  /** What the button that goes on says. */
  action: string;
  answer: (yes: boolean) => void;
}

class Confirmation {
  question = $state.raw<Question>();

  ask(title: string, text: string, action: string): Promise<boolean> {
    return new Promise((resolve) => {
      this.question = {
        title,
        text,
        action,
        answer: (yes) => {
          this.question = undefined;
          resolve(yes);
        },
      };
    });
  }
}

export const confirmation = new Confirmation();
