"""Given names that are common in the community and beyond, in Latin letters; those that are also English words, months or
places are left out ("Mark", "Grace", "June", "Florence"), because a rule that cries out at these is not read.
"""

from __future__ import annotations

GIVEN_NAMES = frozenset(
    """
    aaron abdul abdullah abigail adam adele adnan adrian adriana agata agnes agnieszka ahmed ahmet aidan aino aisha aiste
    alain alan albert alberto aldo alejandra alejandro aleksandar aleksander aleksandr aleksandra aleksei aleksey alena
    alessandra alessandro alessia alex alexander alexandra alexandre alexei alexey alexis alfons alfred ali alice alicia alina
    alisa alison allison alma alois amanda amelia amina amir ana anastasia anastasiya anders andrea andreas andrei andrej
    andrew andrey andrzej andré angela angelika angelo aneta anita anja anke ann anna anne anneliese annette annika anthony
    antoine anton antonella antonia antonio antónio anuar ariana ariel armen arnaud arthur arturo artyom astrid audrey axel
    ayse ayşe aziz barbara bartosz beata beatrice beatriz ben benedikt benjamin bernadette bernard bernd bernhard bettina
    bianca birgit björn boris boyan bogdan bojan bozena bożena branko brian bridget brigitte britta bruno camille carl carla
    carlos carmen carolina caroline caterina catherine cecilia chantal charles chloe chloé christa christian christiane
    christina christine christoph christophe christopher ciara claire claudia claudio clara clemens colin conor constantin
    cornelia corinna cristian cristina cyril dagmar damian damien daniel daniela daniele danuta dariusz darko david davide
    deborah denis denise dennis diana diego dieter dimitri dimitris dina dirk dmitri dmitriy dmitry dominik dominique
    donald dora doris dorota dorothea dragan edgar edith eduard eduardo edward eileen ekaterina elena elisa elisabeth elise
    elizabeth ella ellen elke elsa emanuel emil emilia emilie emily emine emma emmanuel enrico enrique eric erich erik erika
    ernst esther eszter eugen eva evelyn evgeni evgeny ewa fabian fabien fabio fatima fatma federica federico felix ferdinand
    fernando filip filippo fiona florian francesca francesco francis francisco franco françois françoise franz franziska
    friedrich fritz gabor gábor gabriel gabriela gabriele gabriella galina gareth geoffrey georg george georges georgi gerald
    gerard gerd gerhard gerlinde giacomo gianluca giorgio giorgos giovanna giovanni giulia giuseppe goran gordon graham grazyna
    greta grzegorz guido guillaume gudrun gunther günter günther gustav hana hanna hannah hannes hans hansjörg harald harry
    hasan hassan heidi heike heinrich heinz helen helena helene helga helmut henri henrik henry herbert hermann hilde
    holger horst hubert hugo hülya hussein ibrahim ida ignacio igor ildikó ilona ilse ilya imre ines inga ingeborg ingrid
    inna irene irena irina isabel isabella isabelle ismail istván ivan ivana ivo jaime jakob jakub james jan jana jane janek
    janina jaroslav jason javier jean jeanne jeff jeffrey jelena jenny jens jessica jill jiri jiří joachim joan joana joanna
    joao joão johan johann johanna johannes john jonas jonathan jorge josé josef jose joseph josip joão juan judith juha julia
    julian juliane julie julien jürgen jussi justyna kamil karel karen karin karina karl karolina kasia katarina katarzyna
    katharina katherine kathleen kathrin katja katrin kazimierz keith kelly kenneth kerstin kevin khaled kim kirsten kirill
    klara klaus konrad konstantin kornelia krisztina kristian kristina krzysztof kurt larisa lars laszlo lászló laura laurent
    lea lena leo leon leonard leonardo leonid leszek lidia liisa lina linda lisa ljubomir lorena lorenzo louis louise luc luca
    lucas lucia lucie lucy ludmila ludovic ludwig luigi luis luisa lukas lukasz łukasz lutz lydia lyudmila maciej maddalena
    magda magdalena maksim malgorzata małgorzata manfred manuel manuela marc marcel marcin marco marcus marek margaret
    margarita margit margot maria mariam marian mariana marianne marie marija marina mario marion maris marjan marko markus
    marlene marta martha martina mary massimo mateusz mathias mathieu mathilde matteo matthew matthias matthieu mauro max maxim
    maximilian mehmet melanie melissa meryem michael michaela michail michal michał michel michele michelle miguel mihai mikael
    mike mikhail milan milena milica milos miloš mira miriam mirjam miroslav mohamed mohammad mohammed moritz muhammad murat
    mustafa nadia nadine nadja natalia natalie natalya natasha nathalie neil nenad nick nicola nicolas nicole niels nikita
    nikola nikolai nikolaos nikolaus nikolay nils nina noah nora norbert nuno olaf oleg oleh oleksandr olena olga oliver
    olivia olivier omar oscar oskar osman otto oxana pablo pamela paola paolo pascal patricia patrick patrik paul paula paulina
    pauline pavel pawel paweł pedro per petar peter petr petra philip philipp philippe pierre piotr radek radu rafael rafal
    rafał ralf ralph ramona raphael rebecca regina reinhard renata renate rené ricardo riccardo richard rita robert roberta
    roberto robin rodrigo roger roland rolf roman romana ronald ronan rosa rosemarie rosemary roxana ruben rudolf ruslan ruth
    ryan ryszard sabina sabine sabrina salvatore samantha samir samuel sandra sara sarah sascha sasha saskia sebastian selma
    serge sergei sergej sergey sergio sergiy siegfried sigrid silke silvia simon simona simone siobhan slawomir sławomir
    sofia sonja sophia sophie stanislav stanislaw stanisław stefan stefania stefanie steffen stella stephan stephanie stephen
    steve steven stuart susan susanna susanne svetlana sven svetlana sylvia sylvie szilvia tamara tamás tania tanja tanya
    tatiana tatjana tatyana teresa theodor theresa thérèse thibault thomas thorsten tiago tibor tiina tim timo timothy tina
    tobias tom tomas tomás tomáš tomasz toni torsten traudl udo ulrich ulrike urs ursula uta uwe vaclav václav valentin
    valentina valentyna valeria valerie vasile vasily vera veronica veronika vesna viktor viktoria vincent vincenzo vitaly
    vittorio vivian vladimir vladislav volker volodymyr vyacheslav waldemar walter waltraud wanda werner wieslaw wilhelm
    willem wojciech wolfgang xavier yannick yasmin yevgeny yolanda yulia yuri yuliya yusuf yvonne yves zbigniew zdenek
    zlatko zofia zoltan zoltán zsolt zuzana
    """.split()  # noqa: SIM905 - seven hundred quoted names would be unreadable
)
